// What waits to be sent: sealed boxes in IndexedDB under random keys, so that nothing tells their order.
const API = '/kiosk/api/v1/', MOST = 2000, NEVER_FITS = [400, 409, 413, 415, 422], REGULARLY = 300000;
let database, tries = 0, notBefore = 0, later, contact = null, unknown = false;
const today = () => Math.floor(Date.now() / 864e5);

const opened = () => database = database || new Promise((done, fail) => {
  const asked = indexedDB.open('kiosk', 1);
  asked.onupgradeneeded = () => ['q', 'aside'].forEach(name => asked.result.createObjectStore(name));
  asked.onsuccess = () => {
    asked.result.onclose = () => { database = null; };
    done(asked.result);
  };
  asked.onerror = () => { database = null; fail(asked.error); };
});
// Answers with what was asked for once the disk has it, not before.
const within = async act => {
  const tx = (await opened()).transaction(['q', 'aside'], 'readwrite', {durability: 'strict'});
  return new Promise((done, fail) => {
    const asked = act(tx.objectStore('q'), tx.objectStore('aside'));
    tx.oncomplete = () => done(asked.result);
    tx.onabort = () => fail(tx.error);
  });
};
const count = () => within(q => q.count());

const keep = async (key, answer) => {
  if (await count() >= MOST) throw Error('full');
  const {kid, pk} = pack.key, day = answer.day;
  const info = utf8(['gs-kiosk-1', kid, pack.device, key].join('|'));
  const box = base64(await seal(unbase64(pk), info, padded(JSON.stringify(answer))));
  await within(q => q.put({kid, day, box}, key));
};

const ask = async (path, body, key) => {
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), 20000);
  const headers = {'Content-Type': 'application/json'};
  if (key) headers['Idempotency-Key'] = key;
  try {
    return await fetch(path, {
      method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body), cache: 'no-store',
      redirect: key ? 'error' : 'follow', signal: stop.signal,
    });
  } finally { clearTimeout(timer); }
};
const wait = answer => { throw Object.assign(Error('later'), {seconds: answer && +answer.headers.get('Retry-After')}); };
// Whether the server still knows this tablet.
const known = answer => {
  unknown = answer.status == 401;
  if (answer.status == 403) revoke(true);
  return answer.ok || wait(answer);
};

const sendAll = async () => {
  const keys = await within(q => q.getAllKeys());
  while (keys.length) {
    const key = keys.splice(Math.random() * keys.length | 0, 1)[0], kept = await within(q => q.get(key));
    if (!kept) continue;
    const answer = await ask(API + 'responses', {v: 1, kid: kept.kid, day_now: today(), box: kept.box}, key);
    if (NEVER_FITS.includes(answer.status)) await within((q, aside) => (aside.put(kept, key), q.delete(key)));
    // Ours are 201 and 200 without a word; whatever else says "fine" came from somebody in between.
    else if (known(answer) && answer.status < 202 && !await answer.text() || wait()) await within(q => q.delete(key));
  }
};
const isPersisted = async () => !!navigator.storage && navigator.storage.persisted();
const beat = async () => {
  const kept = await within(q => q.getAll()), aside = await within((q, set) => set.count());
  const used = navigator.storage ? await navigator.storage.estimate() : {};
  const age = today() - Math.min(...kept.map(one => one.day));
  const answer = await ask(API + 'heartbeat', {
    app: pack.id, queue: kept.length < 5 ? '0-4' : '5+', oldest_days: kept.length && age > 2 ? age : null, quarantined: aside,
    persisted: await isPersisted(),
    storage_pct: Math.round(Math.max(kept.length / MOST, used.usage / used.quota || 0) * 100),
  });
  known(answer);
  const told = await answer.json();
  revoke(false);
  contact = today();
  if (told.pack != pack.id) look();
  localStorage.own = JSON.stringify({pin: told.pin, settings: told.settings, key: {kid: told.kid, pk: told.pk}});
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
    // A captive portal answers everything, but not with our own words.
    if (known(echo) && await echo.text() != nonce) wait();
    if (withBeat) await beat();
    await sendAll();
    tries = notBefore = 0;
  } catch (fault) {
    const asked = Math.min(fault.seconds || 0, 3600), own = Math.min(2 ** tries++, 300) * (.75 + Math.random() / 2);
    notBefore = asked ? Date.now() + asked * 1000 : 0;
    later = setTimeout(sync, (asked || own) * 1000);
  }
};
// One tab at a time; the others find the queue empty.
const sync = withBeat => navigator.locks ?
  navigator.locks.request('sync', {ifAvailable: true}, lock => lock && drain(withBeat)) : drain(withBeat);
