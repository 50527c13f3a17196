// What happens when the page opens: the worker, the pack, the clock that ticks once a second.
const WORKER = '/kiosk/sw.js', workers = navigator.serviceWorker;
let worker, isTaking, corner, taps = [];

const enlist = async () => {
  const policy = self.trustedTypes?.createPolicy('sw', {createScriptURL: () => WORKER});
  workers.oncontrollerchange = () => isTaking && location.replace('/kiosk');
  workers.onmessage = () => sync();
  worker = await workers.register(policy?.createScriptURL('') || WORKER, {scope: '/kiosk'});
  fetchAudio(pack.langs.slice(0, 3).map(one => one.code));
};
const look = () => worker?.update().catch(() => {});

// The sounds of the house's three first languages are fetched in advance; those of another when it is chosen.
const fetchAudio = async codes => {
  const {survey, spoken: prompts} = pack, clips = [...survey ? [survey, ...survey.questions].map(one => one.audio) : [], ...Object.values(prompts)];
  (await workers?.ready)?.active.postMessage(codes.flatMap(code => clips.map(one => one[code]).filter(Boolean)));
};

const main = async () => {
  pack = await (await fetch('/kiosk/pack.json')).json();
  page.classList.add('app');
  reset();
  setInterval(() => {
    seen = player.paused ? Math.min(seen, Date.now()) : Date.now();
    onTick((Date.now() - seen) / 1000);
  }, 1000);
  setInterval(sync, 300000, true);
  setInterval(look, 3600000);
  await enlist().catch(() => {});
  storage.persist?.();
  sync(true);
};
['pointerdown', 'keydown', 'input'].forEach(one => addEventListener(one, () => { seen = Date.now(); }, true));
// Five touches in the corner within four seconds: those who work here. Their part is loaded when it is asked for.
addEventListener('pointerdown', event => {
  const across = page.dir == 'rtl' ? innerWidth - event.clientX : event.clientX, now = Date.now();
  taps = across < 96 && event.clientY < 96 ? [...taps.filter(one => now - one < 4000), now] : [];
  if (taps.length < 5 || run) return;
  taps = [];
  import(page.dataset.staff).then(() => corner());
}, true);
ononline = () => { notBefore = 0; sync(true); };
onpageshow = event => event.persisted && location.reload();
onpagehide = () => { root.textContent = ''; };
main();
