// How a screen is made: sentences, elements, buttons that hear one touch, the speaker, the frame around everything.
const root = document.querySelector('main'), page = document.documentElement, player = new Audio();
const LOOKED_FOR = {da: ['da', 'en'], kl: ['kl', 'da', 'en']};
let pack, lang, dead = 0, spoken = false, onTick = () => {}, said;

const worded = (wordings, values) => {
  const found = (LOOKED_FOR[lang] || [lang, 'en', 'da']).find(one => wordings[one]) || lang;
  return {lang: found, text: (wordings[found] || '').replace(/%\((\w+)\)s/g, (all, name) => values[name])};
};
const say = (key, values) => {
  const wordings = {};
  for (const one in pack.ui) wordings[one] = pack.ui[one][key];
  return worded(wordings, values);
};
const native = code => pack.langs.find(one => one.code == code) || {};

// A child is a node, a text, or a sentence that knows its language; nothing is ever parsed as HTML.
const el = (tag, attributes, ...children) => {
  const node = document.createElement(tag);
  for (const name in attributes) {
    const value = attributes[name];
    if (typeof value == 'function') node[name] = value;
    else if (value != null) node.setAttribute(name, value);
  }
  for (const child of children) if (child) node.appendChild(child.nodeType ? child : inWords(child));
  return node;
};
const inWords = ({lang: own, text}, plain) => {
  if (own == lang || !own) return document.createTextNode(text === undefined ? plain : text);
  return el('span', {lang: own, dir: native(own).dir || 'ltr'}, document.createTextNode(text));
};
const picture = name => {
  const drawn = pack.pictures[name];
  if (!drawn) return null;
  const made = tag => document.createElementNS('http://www.w3.org/2000/svg', tag), svg = made('svg');
  svg.setAttribute('viewBox', drawn.viewBox);
  svg.setAttribute('aria-hidden', 'true');
  drawn.paths.forEach(d => svg.appendChild(made('path')).setAttribute('d', d));
  return svg;
};
const button = (words, act, attributes, ...more) =>
  el('button', Object.assign({type: 'button', onclick: act}, attributes), ...more, el('span', {}, words));

const silence = () => { player.pause(); player.removeAttribute('src'); player.load(); };
const spoke = key => (pack.spoken[key] || {})[lang];
const speak = url => {
  if (!url) return;
  if (!player.paused) return silence();
  spoken = true;
  player.src = url;
  player.volume = +localStorage.volume || pack.settings.volume;
  player.play().catch(() => {});
};

const tools = () => el('div', {class: 'tools'},
  button(say('size'), () => { page.dataset.size = (+page.dataset.size + 1) % 3; }, {}, picture('ui:letters')),
  button(say('contrast'), () => { page.dataset.dark = +!+page.dataset.dark; }, {}, picture('ui:contrast')),
  button(say('help'), helpLines, {class: 'aid'}, picture('ui:help')));

// The whole screen, made anew. `bar` holds back, skip and next as [sentence, act]; they always stand in the same places.
const show = (name, title, middle, {sub, above, bar = {}, audio, tick, role} = {}) => {
  dead = performance.now() + 700;
  onTick = tick || (() => {});
  silence();
  const slot = (at, words, more) => bar[at] ? button(say(words), bar[at], {class: at}, more) : el('i');
  said = el('p', {class: 'sub', role: 'status'}, sub);
  const heading = el('h1', {tabindex: -1}, title);
  root.textContent = '';
  root.className = name;
  [el('div', {class: 'head'}, el('div', {}, above && el('p', {class: 'above'}, above), heading, said), tools()),
    el('div', {class: 'mid', role, 'aria-label': role && heading.textContent}, ...middle),
    el('div', {class: 'bar'}, slot('back', 'back', picture('ui:back')),
      audio ? button(say('listen'), () => speak(audio), {class: 'listen'}, picture('ui:speaker')) : el('i'),
      slot('skip', 'skip'), slot('next', bar.word || 'next'))].forEach(part => root.appendChild(part));
  scrollTo(0, 0);
  heading.focus();
};
const remark = words => { said.textContent = ''; said.appendChild(inWords(words)); };

// A control is dead from the first touch until the next screen has stood for 700 ms: a shaking hand answers once.
document.addEventListener('click', event => {
  if (performance.now() < dead) { event.preventDefault(); event.stopImmediatePropagation(); }
}, true);
document.addEventListener('contextmenu', event => event.preventDefault());
