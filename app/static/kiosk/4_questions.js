// One question a screen, for the twelve types. What is chosen lives in `run`, in memory, until Send or the reset.
const ALONE = ['unknown', 'declined'], WORDS = ['text', 'note'];
let run = null, since = 0;

// The questions of this person, given what they chose; a branch closes again when its reason is taken back.
const way = () => {
  const open = [];
  for (const one of pack.survey.questions) {
    const when = one.show_if, mayType = one.type != 'note' || helped != 'none';
    if (WORDS.includes(one.type) && !(pack.settings.words_screen && mayType)) continue;
    if (!when || open.includes(when.question) && [].concat(run.given[when.question]).some(id => when.is.includes(id)))
      open.push(one.id);
  }
  return open.map(id => pack.survey.questions.find(one => one.id == id));
};

const answer = value => {
  run.given[way()[run.at].id] = value;
  run.paces.push(performance.now() - since);
  run.at++;
  go(question);
};
const back = () => {
  if (run.at--) return go(question);
  run = null;
  go(promise);
};

const question = () => {
  const asked = way(), one = asked[run.at];
  if (!one) return go(almost);
  const given = run.given[one.id], bar = {back, skip: () => answer(null)};
  if (given != null) bar.next = () => answer(given);
  const [middle, hint] = (BY_TYPE[one.type] || cards)(one, given, bar);
  show('ask ' + one.type, worded(one.text), middle, {
    bar, audio: one.audio[lang], above: above(say('number', {number: run.at + 1, total: asked.length})),
    sub: worded(one.hint).text ? worded(one.hint) : hint, tick: idle(WORDS.includes(one.type)),
  });
  since = performance.now();
};
// What must not be forgotten stands on every screen of the run.
const above = words => {
  const more = [isTest && say('s_testing'), helped != 'none' && say('sees')].filter(Boolean);
  return el('span', {}, words, ...more.map(one => el('b', {}, one)));
};

const grid = (count, ...children) => el('div', {class: 'grid n' + count}, ...children);
const card = (option, act, attributes) => button(worded(option.words), act, attributes, picture(option.picture));
const pressed = is => ({'aria-pressed': String(!!is)});

// One touch answers. "Ved ikke" and "vil ikke svare" stand below, unless all the cards need two rows.
const cards = (one, given, bar, kind = '') => {
  const made = one.options.map(option => [option, card(option, () => answer(option.id), pressed(given == option.id))]);
  const isBelow = ([option]) => made.length < 8 && ALONE.includes(option.id), node = ([, made]) => made;
  const below = made.filter(isBelow).map(node), main = made.filter(one => !isBelow(one)).map(node);
  return [[grid(main.length + kind, ...main), below.length && el('div', {class: 'below'}, ...below)].filter(Boolean)];
};
const bars = (one, given, bar) => cards(one, given, bar, ' bars');

// Up to `max` cards, or the `top` in the order they were touched; a card touched again is taken away.
const several = (one, given, bar) => {
  const most = one.max || one.top, isRank = !!one.top;
  const chosen = run.touched[one.id] = run.touched[one.id] || [];
  const made = one.options.map(option => ALONE.includes(option.id) ?
    card(option, () => answer(option.id), pressed(given == option.id)) : card(option, () => touch(option.id), {'data-id': option.id}));
  const paint = () => made.forEach(node => {
    const id = node.dataset.id, at = chosen.indexOf(id);
    if (!id) return;
    node.setAttribute('aria-pressed', at >= 0);
    const mark = node.querySelector('.mark') || node.appendChild(el('span', {class: 'mark'}));
    mark.textContent = at < 0 ? '' : isRank ? at + 1 : '✓';
  });
  const touch = id => {
    const at = chosen.indexOf(id);
    if (at >= 0) chosen.splice(at, 1);
    else if (chosen.length < most) chosen.push(id);
    else remark(say('most', {num: most}));
    paint();
  };
  bar.next = () => {
    if (!chosen.length) return remark(say('nothing'));
    answer(isRank ? chosen : one.options.map(option => option.id).filter(id => chosen.includes(id)));
  };
  paint();
  return [[grid(made.length, ...made)]];
};

const scale = (one, given) => {
  const low = one.low == null ? 0 : one.low, high = one.high == null ? 10 : one.high, steps = [];
  for (let step = low; step <= high; step++) steps.push(button({text: step}, () => answer('' + step), pressed(given == step)));
  const below = one.options.map(option => card(option, () => answer(option.id), pressed(given == option.id)));
  return [[el('div', {class: 'steps', dir: 'ltr'}, ...steps), el('div', {class: 'below'}, ...below)]];
};

const keypad = (typed, most) => {
  const shown = el('output', {dir: 'ltr'});
  const paint = () => { shown.textContent = typed.isHidden ? '•'.repeat(typed.text.length) : typed.text; };
  const key = (words, act, label) => button(words, () => { act(); paint(); }, {'aria-label': label});
  const digits = '123456789 0'.split('').map(digit => digit == ' ' ? el('i') :
    key({text: digit}, () => { if (typed.text.length < most) typed.text += digit; }));
  const erase = key({text: '⌫'}, () => { typed.text = typed.text.slice(0, -1); }, say('erase').text);
  paint();
  return [shown, el('div', {class: 'keys', dir: 'ltr'}, ...digits, erase)];
};
const number = (one, given, bar) => {
  const typed = run.touched[one.id] = run.touched[one.id] || {text: ''}, bounds = {low: one.low, high: one.high};
  bar.next = () => typed.text && +typed.text >= one.low && +typed.text <= one.high ?
    answer('' + +typed.text) : remark(say('bounds', bounds));
  const below = one.options.map(option => card(option, () => answer(option.id)));
  return [[...keypad(typed, 3), el('div', {class: 'below'}, ...below)], say('bounds', bounds)];
};

// A form, since Chromium writes what stands in a field to the disk unless its form says no (measured).
const words = (one, given, bar) => {
  const field = el('textarea', {
    maxlength: 1000, autocomplete: 'off', autocapitalize: 'sentences', autocorrect: 'off', spellcheck: 'false', 'aria-label': worded(one.text).text,
    oninput: () => { run.words[one.id] = field.value; },
  });
  field.value = run.words[one.id] || '';
  bar.skip = () => { delete run.words[one.id]; answer(null); };
  bar.next = () => field.value.trim() ? answer(undefined) : bar.skip();
  return [[el('form', {autocomplete: 'off', onsubmit: () => false}, field)], say(one.type == 'note' ? 'note' : 'no_names')];
};

const BY_TYPE = {choice: bars, pick: several, rank: several, scale, number, text: words, note: words};
