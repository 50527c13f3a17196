// From "Fortæl os" to "Tak", and the reset that leaves nothing behind.
let seen = Date.now(), finished = [], helped = 'none', isTest, here;
// A screen that help and the warning can come back to.
const go = screen => { here = screen; screen(); };

// The tablet is taken out of use, nothing is asked here now, or the house sleeps.
const stopped = () => localStorage.state == 403 || !pack.survey ? 'pause' : opensAt();
const start = () => {
  const {survey, langs, settings} = pack, why = stopped();
  if (why) return show(why.big ? 'still' : 'sleep', why, [paragraph(why.big ? 'tell_staff' : 'danger')], {tick: () => stopped() || go(start)});
  page.lang = lang;
  page.dir = native().dir;
  const names = langs.map(({code, name}) => button(
    {lang: code, text: name}, () => { lang = code; fetchAudio([code]); go(start); }, pressed(code == lang)));
  const notes = [native().unreviewed && 'machine', pack.said && worded(pack.said), +localStorage.state && 's_again'];
  show('start', say('about_place', {place: pack.site.name}), [
    button('tell', () => go(promise), {class: 'main'}),
    el('div', {class: 'langs', role: 'group', 'aria-label': say('languages').text}, ...names),
    ...notes.map(one => one && (one.big || one.text) && paragraph(one)),
  ], {sub: worded(survey.about), audio: survey.audio[lang], bar: {skip: [toCodes, 'have_code'], next: [() => go(together), 'together']}, tick: still => {
    if (stopped()) go(start);
    // A new version waits until this screen stands there and nobody answers.
    else if (worker?.waiting) { isTaking = true; worker.waiting.postMessage('go'); }
    else if (still > settings.idle && (lang != langs[0].code || +page.dataset.size || +page.dataset.dark)) reset();
  }});
};

// What became of an answer is told by the server's own pages, which lead back here.
const toCodes = () => ping().then(
  () => location.replace('/kiosk/kvittering?lang=' + lang), () => remark(elsewhere()));
const elsewhere = () => say('where_code', {address: location.host + '/kvittering'});

const together = () => show('helping', 'helping', [grid('3 bars', ['none', 'peer', 'staff'].map(
  one => button(one, () => { helped = one; go(promise); }, pressed(helped == one))))], {sub: 'sees', bar: {back: () => go(start)}});

const promise = () => show('promise', worded(pack.survey.about), [
  ...pack.promise.map(key => paragraph(key)),
  button('start', begin, {class: 'main'})], {bar: {back: reset}, audio: spoke('promise')});
const begin = () => {
  run = {key: uuid(), at: 0, given: {}, touched: {}, words: {}, paces: []};
  go(question);
};

const almost = () => {
  const toggle = (key, name) => {
    const node = button(key, () => node.setAttribute('aria-pressed', run[name] = !run[name]), pressed(run[name]), mark());
    return node;
  };
  show('almost', 'almost', [grid('2 bars', [hasWords() && toggle('show', 'quote'), toggle('code', 'code')])],
    {bar: {back, next: [send, 'send']}, audio: spoke('send')});
};
const hasWords = () => Object.values(run.words).some(text => text.trim());

const record = isWhole => {
  const given = {}, written = {};
  for (const {id, free} of way()) {
    if (!free) given[id] = run.given[id];
    else if (isWhole) written[id] = (run.words[id] || '').trim();
  }
  return {
    v: 1, survey: pack.survey.id, version: pack.survey.version, lang, helped, completion: isWhole ? 'full' : 'partial', day: today(),
    answers: given, words: written, quote_ok: !!run.quote && hasWords(), receipt: run.code && isWhole ? receipt() : null,
    burst: run.burst = run.burst ?? isBurst(), test: !!isTest,
  };
};
// Too fast for a person who reads: four runs within a minute, or less than 0.8 s a question. No time leaves the tablet.
const isBurst = () => {
  const now = performance.now(), paces = run.paces.sort((one, other) => one - other);
  finished = finished.filter(one => now - one < 60000).concat(isTest ? [] : now);
  return finished.length > 3 || paces[paces.length >> 1] < 800;
};
const receipt = () => Array.from(crypto.getRandomValues(new Uint16Array(4)), drawn => pack.words[drawn & 1023]);

const send = async () => {
  dead = Infinity;
  const whole = record(true);
  try { await keep(run.key, whole); } catch (fault) {
    return show('lost', 'not_kept', [paragraph('or_text')], {bar: {back: here, next: [send, 'send']}});
  }
  thanks(whole.receipt);
  sync();
  worker?.sync?.register('q').catch(() => {});
};

const thanks = code => {
  const until = Date.now() + pack.settings[code ? 'thanks_code' : 'thanks'] * 1000;
  forget();
  here = start;
  show('thanks', 'thanks', [...code ? [
    el('h2', {}, 'your_code'), paragraph({lang: 'da', text: code.join(' ')}, 'code'),
    paragraph('write_code'), paragraph(elsewhere())] : [paragraph(worded(pack.survey.thanks))],
  paragraph('safe', 'safe')], {bar: {next: [reset, 'done']}, audio: spoke(code ? 'code' : 'thanks_offline'), tick: () => Date.now() > until && reset()});
};

const helpLines = () => {
  const lines = pack.help[lang].map(({name, number, what, lang: own}) => el('li', {},
    el('b', {}, {lang: own, text: name}), number && el('bdi', {}, {text: number}), what && paragraph({lang: own, text: what})));
  show('lines', 'danger', [paragraph('tell_staff'), el('ul', {}, ...lines)], {bar: {next: [() => here(), 'close']}});
};

// Nobody there: a screen that one touch answers, as often as wanted, then the reset.
const idle = still => {
  const late = still - pack.settings[root.querySelector('textarea') ? 'idle_words' : 'idle'];
  if (late > 0) run ? warn(late) : reset();
};
const warn = late => {
  const until = Date.now() + (pack.settings.warn - late) * 1000, left = paragraph(null, 'left');
  const tick = () => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    filled(left, {}, say('deletes', {seconds}));
    if (seconds <= 0) leave();
  };
  const yes = button('go_on', () => here(), {class: 'main'});
  show('warn', 'still', [left, yes, button('wipe', reset)], {role: 'alertdialog', tick});
  tick();
  yes.focus();
  // Nothing speaks unasked: the countdown does only to somebody who has used the speaker.
  if (spoken) speak(spoke('idle'));
};
// The screen is free at once; what was tapped is sealed behind it.
const leave = () => {
  const half = run && pack.settings.keep_partial && Object.keys(run.given)[0] && [run.key, record()];
  reset();
  if (half) keep(...half).catch(() => {});
};

const forget = () => {
  if (run && hasWords()) navigator.clipboard?.writeText('').catch(() => {});
  run = spoken = isTest = null;
  helped = 'none';
  getSelection().removeAllRanges();
};
const reset = () => {
  forget();
  lang = pack.langs[0].code;
  page.dataset.size = page.dataset.dark = 0;
  go(start);
};

// "We open at 9" while the house sleeps. Staff may put the screen to sleep or wake it; a wake lasts until the house is open.
const opensAt = () => {
  const now = new Date(), minute = now.getDay() * 1440 + now.getHours() * 60 + now.getMinutes(), {hours} = pack.site, asked = localStorage.sleep;
  const isOpen = hours.some(([from, to]) => minute >= from && minute < to), next = hours.find(([from]) => from > minute) || hours[0];
  if (isOpen && asked == 'wake') delete localStorage.sleep;
  return (asked ? asked == 'wake' : isOpen) ? null : next && !isOpen ? say('opens', {hour: next[2]}) : say('closed');
};
