// What waits to be sent: sealed boxes in IndexedDB under random keys, so that nothing tells their order.
const STORES = ['q', 'aside'], MOST = 2000, storage = navigator.storage || {};
let database, tries = 0, notBefore = 0, later, contact;
const today = () => Math.floor(Date.now() / 864e5);

const settled = asked => new Promise((done, fail) => {
  asked.onsuccess = asked.oncomplete = () => done(asked.result);
  asked.onerror = asked.onabort = fail;
});
const lose = () => { database = null; };
const connect = async () => {
  const asked = indexedDB.open('kiosk', 1);
  asked.onupgradeneeded = () => STORES.forEach(name => asked.result.createObjectStore(name));
  await settled(asked);
  asked.result.onclose = lose;
  return asked.result;
};
const opened = () => {
  if (!database) (database = connect()).catch(lose);
  return database;
};
// Answers with what was asked for once the disk has it, not before.
const within = async act => {
  const tx = (await opened()).transaction(STORES, 'readwrite', {durability: 'strict'}), asked = act(...STORES.map(name => tx.objectStore(name)));
  await settled(tx);
  return asked.result;
};
// What lies in the queue (0) or aside (1).
const all = (at, what) => within((...stores) => stores[at][what]());

const keep = async (key, answer) => {
  if (await all(0, 'count') >= MOST) throw 0;
  const {kid, pk} = pack.key, box = base64(await seal(unbase64(pk), `gs-kiosk-1|${kid}|${pack.device}|${key}`, padded(JSON.stringify(answer))));
  await within(q => q.put({kid, day: answer.day, box}, key));
};

const ask = (path, content, key = '') => fetch('/kiosk/' + path, {
  method: content ? 'POST' : 'GET', body: content && JSON.stringify(content), cache: 'no-store', signal: AbortSignal.timeout?.(20000),
  headers: {'Content-Type': 'application/json', 'Idempotency-Key': key}, redirect: key ? 'error' : 'follow',
});
const fine = answer => { if (!answer.ok) throw +answer.headers.get('Retry-After'); };
// Whether the server knows this tablet (401) and wants it (403). Whoever reads a code or answers is not cut off.
const heard = answer => {
  const was = localStorage.state || '', is = answer.ok ? '' : /40[13]/.test(answer.status) ? answer.status : was;
  if (is != was) {
    localStorage.state = is;
    if (/^s/.test(root.className)) go(start);
  }
  fine(answer);
};
// A captive portal answers everything, but not with our own words.
const ping = async () => {
  const nonce = Date.now(), echo = await ask('api/v1/ping?n=' + nonce);
  fine(echo);
  if (await echo.text() != nonce) throw 0;
};

const sendAll = async () => {
  const keys = await all(0, 'getAllKeys');
  while (keys.length) {
    const key = keys.splice(Math.random() * keys.length | 0, 1)[0], kept = await within(q => q.get(key));
    if (!kept) continue;
    const answer = await ask('api/v1/responses', {v: 1, kid: kept.kid, day_now: today(), box: kept.box}, key);
    const isHopeless = /40[09]|41|422/.test(answer.status);
    if (!isHopeless) {
      heard(answer);
      // Ours are 201 and 200 without a word; whatever else says "fine" came from somebody in between.
      if (answer.status > 201 || await answer.text()) throw 0;
    }
    await within((q, aside) => { if (isHopeless) aside.put(kept, key); return q.delete(key); });
  }
};
const isPersisted = async () => !!await storage.persisted?.();
const beat = async () => {
  const kept = await all(0, 'getAll'), {length} = kept, used = await storage.estimate?.() || {};
  const age = today() - Math.min(...kept.map(one => one.day)), most = Math.max(length / MOST, used.usage / used.quota || 0);
  const answer = await ask('api/v1/heartbeat', {
    app: pack.id, queue: length < 5 ? '0-4' : '5+', oldest_days: length && age > 2 ? age : null,
    quarantined: await all(1, 'count'), persisted: await isPersisted(), storage_pct: Math.round(most * 100),
  });
  heard(answer);
  contact = today();
  if ((await answer.json()).pack != pack.id) look();
};
const drain = async withBeat => {
  if (Date.now() < notBefore) return;
  clearTimeout(later);
  try {
    await ping();
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
