// How a screen is made: sentences, elements, buttons that hear one touch, the speaker, the frame around everything.
const root = document.querySelector('main'), page = document.documentElement, player = new Audio();
let pack, lang, dead = 0, spoken, onTick, remarks;

// The sentence that `find` has in the language shown, else in one that is understood in its place.
const sentence = (find, values) => {
  const found = [lang, ...native().instead].find(find) || lang;
  return {lang: found, text: (find(found) || '').replace(/%\((\w+)\)s/g, (all, name) => values[name])};
};
const worded = wordings => sentence(one => wordings[one]);
const say = (key, values) => sentence(one => pack.ui[one]?.[key], values);
const native = () => pack.langs.find(one => one.code == lang);

// A child is a node, the name of a sentence, or a sentence that knows its language; nothing is ever parsed as HTML.
const filled = (node, attributes, ...children) => {
  for (const name in attributes) {
    const value = attributes[name];
    if (value?.call) node[name] = value;
    else if (value != null) node.setAttribute(name, value);
  }
  node.textContent = '';
  for (const child of children) if (child) node.append(child.nodeType ? child : inWords(child.big ? say(child) : child));
  return node;
};
const el = (tag, ...more) => filled(document.createElement(tag), ...more);
const inWords = ({lang: own, text}) => !own || own == lang ? text : el('span', {lang: own, dir: 'auto'}, {text});
const box = (name, ...children) => el('div', {class: name}, ...children);
const paragraph = (words, name) => el('p', {class: name}, words);
const drawn = (tag, ...more) => filled(document.createElementNS('http://www.w3.org/2000/svg', tag), ...more);
const picture = name => {
  const d = pack.pictures[name];
  return d && drawn('svg', {viewBox: '0 0 24 24', 'aria-hidden': true}, drawn('path', {d}));
};
const button = (words, act, attributes, ...more) => el('button', {onclick: act, ...attributes}, ...more, el('span', {}, words));

const silence = () => { player.pause(); player.removeAttribute('src'); player.load(); };
const spoke = key => pack.spoken[key]?.[lang];
const volume = () => +localStorage.volume || pack.settings.volume;
const speak = url => {
  if (!url) return;
  if (!player.paused) return silence();
  spoken = true;
  player.src = url;
  player.volume = volume();
  player.play().catch(() => {});
};

// Buttons in fixed places; each has what it does, or that and its sentence, or nothing.
const row = (name, acts, places) => box(name, ...places.map(at => {
  const [act, key = at] = [].concat(acts[at]);
  return act ? button(key, act, {class: at}, picture('ui:' + at)) : el('i');
}));
// The whole screen, made anew. `bar` holds back, skip and next.
const show = (name, title, middle, {sub, above, bar = {}, audio, tick = idle, role} = {}) => {
  dead = performance.now() + 700;
  onTick = tick;
  silence();
  const heading = el('h1', {tabindex: -1}, title);
  // What must not be forgotten stands on every screen of the run.
  const notes = [isTest && 's_testing', helped != 'none' && 'sees'].filter(Boolean);
  remarks = el('p', {class: 'sub', role: 'status'}, sub);
  filled(root, {class: name},
    box('head', box('', (above || notes[0]) && el('p', {class: 'above'}, above, ...notes.map(key => el('b', {}, key))), heading, remarks),
      row('tools', {
        size: () => { page.dataset.size = (+page.dataset.size + 1) % 3; }, contrast: () => { page.dataset.dark = 1 - page.dataset.dark; },
        aid: [helpLines, 'help'],
      }, ['size', 'contrast', 'aid'])),
    el('div', {class: 'mid', role, 'aria-label': role && heading.textContent}, ...middle),
    row('bar', {...bar, listen: audio && (() => speak(audio))}, ['back', 'listen', 'skip', 'next']));
  scrollTo(0, 0);
  heading.focus();
};
const remark = words => filled(remarks, {}, words);

// A control is dead from the first touch until the next screen has stood for 700 ms: a shaking hand answers once.
addEventListener('click', event => {
  if (performance.now() < dead) { event.preventDefault(); event.stopPropagation(); }
}, true);
oncontextmenu = () => false;
