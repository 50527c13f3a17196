// One question a screen, for the twelve types. What is chosen lives in `run`, in memory, until Send or the reset.
let run, since;

// The questions of this person, given what they chose; a branch closes again when its reason is taken back.
const way = () => {
  const open = [];
  return pack.survey.questions.filter(({id, type, free, show_if: when}) => {
    if (free && !(pack.settings.words_screen && (type == 'text' || helped != 'none'))) return false;
    return (!when || open.includes(when.question) && [].concat(run.given[when.question]).some(one => when.is.includes(one))) && open.push(id);
  });
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
  show('ask ' + one.type, worded(one.text), (BY_TYPE[one.type] || cards)(one, given, bar), {
    bar, audio: one.audio[lang], above: say('number', {number: run.at + 1, total: asked.length}),
    sub: worded(one.hint),
  });
  since = performance.now();
};

const grid = (kind, children) => box('grid n' + kind, ...children);
const card = (option, act, attributes) => button(worded(option.words), act, attributes, picture(option.picture));
const pressed = is => ({'aria-pressed': !!is});
const answers = (options, given) => options.map(option => card(option, () => answer(option.id), pressed(given == option.id)));
const below = (options, given) => options[0] && box('below', ...answers(options, given));

// One touch answers. "Ved ikke" and "vil ikke svare" stand below, unless all the cards need two rows.
const cards = ({options}, given, bar, kind = '') => {
  const main = options.filter(option => !option.alone || options[7]);
  return [grid(main.length + kind, answers(main, given)), below(options.filter(option => !main.includes(option)), given)];
};
const bars = (one, given, bar) => cards(one, given, bar, ' bars');

// Up to `max` cards, or the `top` in the order they were touched; a card touched again is taken away.
const several = ({id: name, options, top, max}, given, bar) => {
  const most = max || top, chosen = run.touched[name] = run.touched[name] || [];
  const made = options.map(option => option.alone ? answers([option], given)[0] : button(worded(option.words), () => {
    const at = chosen.indexOf(option.id);
    if (at >= 0) chosen.splice(at, 1);
    else if (chosen.length < most) chosen.push(option.id);
    else remark(say('most', {num: most}));
    paint();
  }, {}, picture(option.picture), mark()));
  const paint = () => options.forEach(({id}, place) => {
    const at = chosen.indexOf(id), node = made[place], sign = node.querySelector('.mark');
    if (!sign) return;
    node.setAttribute('aria-pressed', at >= 0);
    sign.textContent = at < 0 ? '' : top ? at + 1 : '✓';
  });
  bar.next = () => chosen[0] ? answer(top ? chosen : options.map(option => option.id).filter(id => chosen.includes(id))) : remark('nothing');
  paint();
  return [grid(made.length, made)];
};
const mark = () => el('span', {class: 'mark'}, {text: '✓'});

const scale = ({low, high, options}, given) => {
  const steps = [];
  for (let step = low ?? 0; step <= (high ?? 10); step++) steps.push(button({text: step}, () => answer('' + step), pressed(given == step)));
  return [el('div', {class: 'steps', dir: 'ltr'}, ...steps), below(options, given)];
};

const keypad = (typed, most, isHidden) => {
  const shown = el('output', {dir: 'ltr'}), paint = () => { shown.value = isHidden ? '•'.repeat(typed.text.length) : typed.text; };
  const keys = [...'123456789 0⌫'].map(sign => sign == ' ' ? el('i') : button({text: sign}, () => {
    typed.text = sign == '⌫' ? typed.text.slice(0, -1) : (typed.text + sign).slice(0, most);
    paint();
  }, {'aria-label': sign == '⌫' ? say('erase').text : null}));
  paint();
  return [shown, el('div', {class: 'keys', dir: 'ltr'}, ...keys)];
};
const number = (one, given, bar) => {
  const typed = run.touched[one.id] = run.touched[one.id] || {text: ''};
  bar.next = () => {
    const value = +typed.text;
    typed.text && value >= one.low && value <= one.high ? answer('' + value) : remark(worded(one.hint));
  };
  return [...keypad(typed, 3), below(one.options, given)];
};

// A form, since Chromium writes what stands in a field to the disk unless its form says no (measured).
const form = (tag, attributes) => el('form', {autocomplete: 'off', onsubmit: () => false}, el(tag, {autocomplete: 'off', ...attributes}));
const words = ({id, text}, given, bar) => {
  const made = form('textarea', {
    maxlength: 1000, autocorrect: 'off', spellcheck: 'false', 'aria-label': worded(text).text,
    oninput: () => { run.words[id] = field.value; },
  }), field = made.firstChild;
  field.value = run.words[id] || '';
  bar.skip = () => { delete run.words[id]; answer(null); };
  bar.next = () => field.value.trim() ? answer() : bar.skip();
  return [made];
};

const BY_TYPE = {choice: bars, pick: several, rank: several, scale, number, text: words, note: words};
