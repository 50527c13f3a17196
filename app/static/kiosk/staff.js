// The corner of those who work here: a PIN, then a menu. It guards no secrets, since nothing readable lies behind it.
let isSaved, isSure;
corner = () => go(askPin);

const askPin = () => {
  const typed = {text: ''};
  const check = async () => {
    const [wrong, until] = JSON.parse(localStorage.pin || '[0,0]'), left = Math.min(until - Date.now(), 900000);
    if (left > 0) return remark(say('s_wait', {seconds: Math.ceil(left / 1000)}));
    if (await isPin(typed.text)) { delete localStorage.pin; return go(menu); }
    localStorage.pin = JSON.stringify([wrong + 1, wrong < 4 ? 0 : Date.now() + Math.min(30 * 2 ** (wrong - 4), 900) * 1000]);
    typed.text = '';
    remark('s_wrong');
  };
  show('keypad', 's_title', pack.pin ? keypad(typed, 6, true) : [], {
    sub: pack.pin ? 's_pin' : 's_no_pin', bar: {back: reset, next: pack.pin && check}});
};
const isPin = async text => {
  const {salt, hash, rounds} = pack.pin, key = await keyOf(utf8(text), 'PBKDF2', 'deriveBits');
  const bits = await subtle.deriveBits({name: 'PBKDF2', hash: 'SHA-256', salt: unbase64(salt), iterations: rounds}, key, 256);
  return base64(new Uint8Array(bits)) == hash;
};

const menu = async () => {
  isSaved = isSure = false;
  const waiting = await all(0, 'count'), aside = await all(1, 'count');
  const facts = {
    s_contact: contact ? new Date(contact * 864e5).toLocaleDateString(lang) : say('s_never').text, s_queue: say(waiting < 5 ? 's_few' : 's_many').text,
    s_aside: '' + aside, s_persisted: say(await isPersisted() ? 's_yes' : 's_no').text, s_version: pack.id.slice(0, 8),
    s_survey: pack.survey ? pack.survey.id + ' ' + pack.survey.version : '', languages: pack.langs.map(one => one.code).join(' '),
  };
  const table = el('dl', {}, ...Object.keys(facts).map(key => box(null, el('dt', {}, key), el('dd', {}, {text: facts[key]}))));
  const louder = () => { localStorage.volume = volume() % 1 + .2; speak(spoke('promise')); };
  const isAsleep = opensAt();
  const nap = () => { localStorage.sleep = isAsleep ? 'wake' : 'sleep'; reset(); };
  show('menu', 's_title', [table, grid('8 bars', [
    ['s_sync', async () => { notBefore = 0; await sync(true); go(menu); }], ['s_test', () => { isTest = true; go(promise); }], ['s_volume', louder],
    [isAsleep ? 's_wake' : 's_sleep', nap], ['s_export', save], ['s_again', () => go(again)], ['s_leave', () => unenrol(waiting + aside)],
  ].map(([key, act]) => button(key, act)))], {sub: waiting < MOST * .8 ? null : 's_full', bar: {back: reset}});
};

// The sealed boxes as they lie there; the desk reads the file in.
const save = async () => {
  const records = [];
  for (const at of [0, 1]) {
    const kept = await all(at, 'getAll'), keys = await all(at, 'getAllKeys');
    kept.forEach(({kid, box: sealed}, place) => records.push({key: keys[place], kid, box: sealed}));
  }
  const file = new Blob([JSON.stringify({v: 1, device: pack.device, day_now: today(), records})], {type: 'application/json'});
  el('a', {href: URL.createObjectURL(file), download: 'gadens-stemme-' + pack.site.code + '.json'}).click();
  isSaved = true;
};

const again = () => {
  const field = form('input', {autocapitalize: 'characters', 'aria-label': say('s_code').text, dir: 'ltr'});
  const connect = async () => {
    const answer = await ask('enrol', {code: field.firstChild.value, device: pack.device}).catch(() => ({}));
    if (!answer.ok) return remark('s_code_wrong');
    heard(answer);
    await look();
    await sync(true);
    reset();
  };
  show('again', 's_again', [field], {sub: 's_code', bar: {back: () => go(menu), next: connect}});
};

const unenrol = async left => {
  if (left && !isSaved) return remark('s_first');
  if (!isSure) { isSure = true; return remark('s_sure'); }
  dead = Infinity;
  await ask('unenrol', {}).catch(() => {});
  (await opened()).close();
  indexedDB.deleteDatabase('kiosk');
  localStorage.clear();
  for (const name of await caches.keys()) await caches.delete(name);
  await worker?.unregister();
  location.replace('/kiosk');
};
