// What waits to be sent: sealed boxes in IndexedDB under random keys, so that nothing tells their order.
const API = '/kiosk/api/v1/', STORES = ['q', 'aside'], MOST = 2000, NEVER_FITS = [400, 409, 413, 415, 422];
const storage = navigator.storage || {};
let database, tries = 0, notBefore = 0, later, contact, unknown = false;
const today = () => Math.floor(Date.now() / 864e5);

const opened = () => database = database || new Promise((done, fail) => {
  const asked = indexedDB.open('kiosk', 1);
  asked.onupgradeneeded = () => STORES.forEach(name => asked.result.createObjectStore(name));
  asked.onsuccess = () => {
    asked.result.onclose = () => { database = null; };
    done(asked.result);
  };
  asked.onerror = () => { database = null; fail(); };
});
// Answers with what was asked for once the disk has it, not before.
const within = async act => {
  const tx = (await opened()).transaction(STORES, 'readwrite', {durability: 'strict'});
  return new Promise((done, fail) => {
    const asked = act(...STORES.map(name => tx.objectStore(name)));
    tx.oncomplete = () => done(asked.result);
    tx.onabort = fail;
  });
};
const count = () => within(q => q.count());
const countAside = () => within((q, aside) => aside.count());

const keep = async (key, answer) => {
  if (await count() >= MOST) throw 0;
  const {kid, pk} = pack.key, info = ['gs-kiosk-1', kid, pack.device, key].join('|');
  const box = base64(await seal(unbase64(pk), info, padded(JSON.stringify(answer))));
  await within(q => q.put({kid, day: answer.day, box}, key));
};

const ask = async (path, content, key) => {
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), 20000);
  try {
    return await fetch(path, {
      method: content ? 'POST' : 'GET', body: content && JSON.stringify(content), cache: 'no-store', signal: stop.signal,
      headers: {'Content-Type': 'application/json', 'Idempotency-Key': key || ''}, redirect: key ? 'error' : 'follow',
    });
  } finally { clearTimeout(timer); }
};
// Whether the server still knows this tablet.
const known = answer => {
  const was = unknown;
  unknown = answer.status == 401;
  if (unknown != was && root.className == 'start') go(start);
  if (answer.status == 403) revoke(true);
  if (!answer.ok) throw +answer.headers.get('Retry-After');
};

const sendAll = async () => {
  const keys = await within(q => q.getAllKeys());
  while (keys.length) {
    const key = keys.splice(Math.random() * keys.length | 0, 1)[0], kept = await within(q => q.get(key));
    if (!kept) continue;
    const answer = await ask(API + 'responses', {v: 1, kid: kept.kid, day_now: today(), box: kept.box}, key);
    const isHopeless = NEVER_FITS.includes(answer.status);
    if (!isHopeless) known(answer);
    // Ours are 201 and 200 without a word; whatever else says "fine" came from somebody in between.
    if (!isHopeless && (answer.status > 201 || await answer.text())) throw 0;
    await within((q, aside) => { if (isHopeless) aside.put(kept, key); return q.delete(key); });
  }
};
const isPersisted = async () => !!await storage.persisted?.();
const beat = async () => {
  const kept = await within(q => q.getAll()), used = await storage.estimate?.() || {};
  const age = today() - Math.min(...kept.map(one => one.day)), most = Math.max(kept.length / MOST, used.usage / used.quota || 0);
  const answer = await ask(API + 'heartbeat', {
    app: pack.id, queue: kept.length < 5 ? '0-4' : '5+', oldest_days: kept.length && age > 2 ? age : null,
    quarantined: await countAside(), persisted: await isPersisted(), storage_pct: Math.round(most * 100),
  });
  known(answer);
  const {pin, settings, kid, pk, pack: newest} = await answer.json();
  revoke(false);
  contact = today();
  if (newest != pack.id) look();
  localStorage.own = JSON.stringify({pin, settings, key: {kid, pk}});
  takeOwn();
};
// What holds for this tablet alone is told with every heartbeat, and outlives a restart without net.
// Never in the middle of a run: a screen for words that is taken away would shift the questions under somebody's hand.
const takeOwn = () => run || Object.assign(pack, JSON.parse(localStorage.own || '{}'));
const drain = async withBeat => {
  if (Date.now() < notBefore) return;
  clearTimeout(later);
  try {
    const nonce = uuid(), echo = await ask(API + 'ping?n=' + nonce);
    known(echo);
    // A captive portal answers everything, but not with our own words.
    if (await echo.text() != nonce) throw 0;
    if (withBeat) await beat();
    await sendAll();
    tries = notBefore = 0;
  } catch (seconds) {
    const asked = Math.min(seconds, 3600) || 0, own = Math.min(2 ** tries++, 300) * (.75 + Math.random() / 2);
    notBefore = asked && Date.now() + asked * 1000;
    later = setTimeout(sync, (asked || own) * 1000);
  }
};
// One tab at a time; the others find the queue empty.
const sync = withBeat => navigator.locks ?
  navigator.locks.request('sync', {ifAvailable: true}, lock => lock && drain(withBeat)) : drain(withBeat);
