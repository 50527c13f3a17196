// From "Fortæl os" to "Tak", and the reset that leaves nothing behind.
let seen = Date.now(), finished = [], helped = 'none', isTest = false, here;
// A screen that help and the warning can come back to.
const go = screen => { here = screen; screen(); };
const paragraph = (key, values) => el('p', {}, say(key, values));

const start = () => {
  if (localStorage.revoked || !pack.survey) return show('still', say('pause'), [paragraph('tell_staff')]);
  if (opensAt()) return show('sleep', opensAt(), [paragraph('danger')], {tick: () => opensAt() || go(start)});
  page.lang = lang;
  page.dir = native(lang).dir;
  const languages = pack.langs.map(one => button(
    {lang: one.code, text: one.name}, () => { lang = one.code; fetchAudio(); go(start); }, pressed(one.code == lang)));
  const notes = [native(lang).unreviewed && say('machine'), pack.said && worded(pack.said), unknown && say('s_again')];
  show('start', say('about_place', {place: pack.site.name}), [
    button(say('tell'), () => go(promise), {class: 'main'}),
    el('div', {class: 'langs', role: 'group', 'aria-label': say('languages').text}, ...languages),
    ...notes.filter(one => one && one.text).map(one => el('p', {}, one)),
  ], {sub: worded(pack.survey.about), audio: pack.survey.audio[lang], bar: {next: () => go(together), word: 'together'}, tick: still => {
    if (opensAt()) go(start);
    else if (isNew()) takeOver();
    else if (still > pack.settings.idle && isTouched()) reset();
  }});
};
const isTouched = () => lang != pack.langs[0].code || +page.dataset.size || +page.dataset.dark;

const together = () => {
  const who = ['none', 'peer', 'staff'].map(one => button(say(one), () => { helped = one; go(promise); }, pressed(helped == one)));
  show('helping', say('helping'), [grid('3 bars', ...who)], {sub: say('sees'), bar: {back: () => go(start)}, tick: idle()});
};

const promise = () => {
  const lines = ['no_name', 'no_must', 'no_change'].concat(pack.settings.keep_partial ? 'keeps' : []);
  show('promise', worded(pack.survey.about), [...lines.map(key => paragraph(key)), button(say('start'), begin, {class: 'main'})],
    {bar: {back: reset}, above: above(''), audio: spoke('promise'), tick: idle()});
};
const begin = () => {
  run = {key: uuid(), at: 0, given: {}, touched: {}, words: {}, quote: false, code: false, paces: []};
  go(question);
};

const almost = () => {
  const toggle = (key, name) => button(say(key), event => {
    run[name] = !run[name];
    event.currentTarget.setAttribute('aria-pressed', run[name]);
  }, pressed(run[name]), el('span', {class: 'mark'}, {text: '✓'}));
  show('almost', say('almost'), [grid('2 bars', hasWords() && toggle('show', 'quote'), toggle('code', 'code'))],
    {above: above(''), bar: {back, next: send, word: 'send'}, audio: spoke('send'), tick: idle()});
};
const hasWords = () => Object.keys(run.words).some(id => run.words[id].trim());

const record = isWhole => {
  const answers = {}, words = {};
  for (const {id, type} of way()) {
    if (WORDS.includes(type)) {
      if (isWhole) words[id] = (run.words[id] || '').trim();
    } else if (run.given[id] !== undefined) answers[id] = run.given[id];
  }
  return {
    v: 1, survey: pack.survey.id, version: pack.survey.version, lang, helped, completion: isWhole ? 'full' : 'partial', day: today(),
    answers, words, quote_ok: run.quote && hasWords(), receipt: run.code && isWhole ? drawn() : null, test: isTest,
    burst: 'burst' in run ? run.burst : run.burst = isBurst(),
  };
};
// Too fast for a person who reads: four runs within a minute, or less than 0.8 s a question. No time leaves the tablet.
const isBurst = () => {
  const now = performance.now(), paces = run.paces.sort((one, other) => one - other);
  finished = finished.filter(one => now - one < 60000).concat(isTest ? [] : now);
  return finished.length > 3 || paces[paces.length >> 1] < 800;
};
const drawn = () => Array.from(crypto.getRandomValues(new Uint16Array(4)), number => pack.words[number & 1023]);

const send = async () => {
  dead = Infinity;
  const whole = record(true);
  try { await keep(run.key, whole); } catch (fault) {
    return show('still', say('not_kept'), [paragraph('or_text')], {bar: {back: here, next: send, word: 'send'}, tick: idle()});
  }
  thanks(whole.receipt);
  sync();
  if (worker && worker.sync) worker.sync.register('q').catch(() => {});
};

const thanks = code => {
  const until = Date.now() + pack.settings[code ? 'thanks_code' : 'thanks'] * 1000;
  forget();
  here = start;
  show('thanks', say('thanks'), [...(code ? [
    el('h2', {}, say('your_code')), el('p', {class: 'code', dir: 'ltr', lang: 'da'}, {text: code.join(' ')}),
    paragraph('write_code'), paragraph('where_code', {address: location.host + '/kvittering'})] : [el('p', {}, worded(pack.survey.thanks))]),
  el('p', {class: 'safe'}, say('safe'))], {bar: {next: reset, word: 'done'}, audio: spoke(code ? 'code' : 'thanks_offline'), tick: () => Date.now() > until && reset()});
};

const helpLines = () => {
  const lines = (pack.help[lang] || pack.help.en || pack.help.da || []).map(({name, number, what, lang: own}) => el('li', {},
    el('b', {}, {lang: own, text: name}), number && el('bdi', {dir: 'ltr'}, {text: number}), what && el('span', {}, {lang: own, text: what})));
  show('lines', say('danger'), [paragraph('tell_staff'), el('ul', {}, ...lines)], {bar: {next: () => here(), word: 'close'}, tick: idle()});
};

// Nobody there: a screen that one touch answers, as often as wanted, then the reset.
const idle = isTyping => still => {
  const limit = pack.settings[isTyping ? 'idle_words' : 'idle'];
  if (still > limit) run ? warn(still - limit) : reset();
};
const warn = late => {
  const until = Date.now() + (pack.settings.warn - late) * 1000, left = el('p', {class: 'left'});
  const count = () => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    left.textContent = '';
    left.appendChild(inWords(say('deletes', {seconds})));
    if (seconds <= 0) leave();
  };
  const yes = button(say('go_on'), () => here(), {class: 'main'});
  show('warn', say('still'), [left, yes, button(say('wipe'), reset)], {role: 'alertdialog', tick: count});
  count();
  yes.focus();
  // Nothing speaks unasked: the countdown does only to somebody who has used the speaker.
  if (spoken) speak(spoke('idle'));
};
// The screen is free at once; what was tapped is sealed behind it.
const leave = () => {
  const half = run && pack.settings.keep_partial && Object.keys(run.given).length && [run.key, record(false)];
  reset();
  if (half) keep(...half).catch(() => {});
};

const forget = () => {
  if (run && hasWords() && navigator.clipboard) navigator.clipboard.writeText('').catch(() => {});
  run = null;
  helped = 'none';
  spoken = isTest = false;
  getSelection().removeAllRanges();
};
const reset = () => {
  forget();
  takeOwn();
  lang = pack.langs[0].code;
  page.dataset.size = page.dataset.dark = 0;
  go(start);
};

// "We open at 9" while the house sleeps. Staff may put the screen to sleep or wake it; a wake lasts until the house is open.
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const opensAt = () => {
  const now = new Date(), clock = ('0' + now.getHours()).slice(-2) + ':' + ('0' + now.getMinutes()).slice(-2), times = [];
  for (let ahead = 0; ahead < 8; ahead++) times.push((pack.site.opens[DAYS[(now.getDay() + ahead) % 7]] || '').split('-'));
  const [from, to] = times[0], isOpen = pack.site.always || (to > from ? clock >= from && clock < to : to && (clock >= from || clock < to));
  if (isOpen && localStorage.sleep == 'wake') delete localStorage.sleep;
  if (localStorage.sleep ? localStorage.sleep == 'wake' : isOpen) return null;
  const next = times.find(([from, to], ahead) => to && (ahead || clock < from));
  return next && !isOpen ? say('opens', {hour: next[0].replace(/^0/, '').replace(':00', '').replace(':', '.')}) : say('closed');
};
