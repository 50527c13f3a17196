// What happens when the page opens: the worker, the pack, the clock that ticks once a second.
const WORKER = '/kiosk/sw.js';
let worker, isTaking = false;

const enlist = async () => {
  if (!navigator.serviceWorker) return;
  const policy = self.trustedTypes && trustedTypes.createPolicy('sw', {createScriptURL: url => url == WORKER ? url : ''});
  navigator.serviceWorker.addEventListener('controllerchange', () => isTaking && location.replace('/kiosk'));
  navigator.serviceWorker.addEventListener('message', () => sync());
  worker = await navigator.serviceWorker.register(policy ? policy.createScriptURL(WORKER) : WORKER, {scope: '/kiosk'});
};
const look = () => worker && worker.update().catch(() => {});
// A new version waits until the start screen stands there and nobody answers.
const isNew = () => worker && worker.waiting;
const takeOver = () => { isTaking = true; worker.waiting.postMessage('go'); };

// The worker has the sounds of the house's first languages; those of another come when it is chosen.
const fetchAudio = () => {
  const clips = [pack.survey, ...pack.survey.questions].map(one => one.audio).concat(Object.values(pack.spoken));
  const control = navigator.serviceWorker && navigator.serviceWorker.controller;
  if (control) control.postMessage(clips.map(one => one[lang]).filter(Boolean));
};

const main = async () => {
  pack = await (await fetch('/kiosk/pack.json')).json();
  takeOwn();
  page.classList.add('app');
  reset();
  setInterval(() => {
    seen = Math.min(seen, Date.now());
    if (!player.paused) seen = Date.now();
    onTick((Date.now() - seen) / 1000);
  }, 1000);
  setInterval(() => sync(true), REGULARLY);
  setInterval(look, 3600000);
  await enlist().catch(() => {});
  if (navigator.storage) navigator.storage.persist();
  sync(true);
};
['pointerdown', 'keydown', 'input'].forEach(one => document.addEventListener(one, () => { seen = Date.now(); }, true));
addEventListener('online', () => { notBefore = 0; sync(true); });
addEventListener('pageshow', event => event.persisted && location.reload());
addEventListener('pagehide', () => { root.textContent = ''; });
main();
