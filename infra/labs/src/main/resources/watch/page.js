'use strict';
// All values of the run enter the page as text, never as markup.
const run = JSON.parse(document.getElementById('run').textContent);
const byId = (id) => document.getElementById(id);
const frames = run.frames;
const still = matchMedia('(prefers-reduced-motion: reduce)');
const WORDS = { DIED: 'a process died', LOST: 'lost or repeated', VISITED: 'a visitor came between', CLOCK: 'a clock stepped' };
const WIDTH = 1000;
const HEIGHT = 200;

// each step with all figures and lamps of its moment
const states = [];
let before = { shown: {}, lamps: {} };
for (const frame of frames) {
  before = { shown: { ...before.shown, ...frame.shown }, lamps: { ...before.lamps, ...frame.lamps } };
  states.push(before);
}
// a promise without an id
if (run.broken && !Object.values(before.lamps).includes(false)) before.lamps = { ...before.lamps, other: false };

const element = (name, text) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  return made;
};
const shape = (parent, name, attributes) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
};
const x = (step) => (step / frames.length) * WIDTH;
const figure = (step, name) => Number(states[step].shown[name] ?? 0);

// areas above each other, in steps: a figure holds until it changes
const cursors = [];
const chart = (svg, names, most) => {
  const base = frames.map(() => 0);
  for (const [name, style] of names) {
    const top = base.map((low, step) => low + figure(step, name));
    const y = (value) => HEIGHT - (value / most) * HEIGHT;
    let path = `M0 ${y(base[0])}`;
    top.forEach((value, step) => { path += `L${x(step)} ${y(value)}L${x(step + 1)} ${y(value)}`; });
    for (let step = frames.length - 1; step >= 0; step--) path += `L${x(step + 1)} ${y(base[step])}L${x(step)} ${y(base[step])}`;
    shape(svg, 'path', { d: path + 'Z', class: style });
    top.forEach((value, step) => { base[step] = value; });
  }
  cursors.push(shape(svg, 'path', { d: `M0 0V${HEIGHT}`, class: 'cursor' }));
};
const most = (names) => Math.max(1, ...frames.map((_, step) => names.reduce((sum, name) => sum + figure(step, name), 0)));

const UNITS = [['sold', 'fill-sold'], ['reserved', 'fill-held'], ['available', 'fill-free']];
const LINE = [['line', 'fill-line'], ['waitlist', 'fill-waitlist']];
chart(byId('units'), UNITS, most(UNITS.map(([name]) => name)));
chart(byId('line'), LINE, most(LINE.map(([name]) => name)));

// the history of each lamp: dark before its first check, then green, red from the violation on
const lamps = [...document.querySelectorAll('#lamps li')];
for (const lamp of lamps) {
  const strip = shape(lamp, 'svg', { class: 'over', viewBox: '0 0 1000 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  states.forEach(({ lamps: lit }, step) => {
    const holds = lit[lamp.dataset.id];
    const style = holds === undefined ? 'fill-dark' : holds ? 'fill-green' : 'fill-red';
    shape(strip, 'rect', { x: x(step), y: 0, width: Math.max(WIDTH / frames.length, holds === false ? 12 : 0), height: 10, class: style });
  });
}

let step = 0;
let timer;
const steps = [...document.querySelectorAll('#steps li')];
frames.forEach((frame, at) => {
  for (const mark of frame.marks ?? []) {
    steps[at].classList.add(mark);
    shape(byId('faults-strip'), 'rect', { x: x(at), y: 0, width: Math.max(4, WIDTH / frames.length - 1), height: 20, class: mark });
    const button = element('button', `${at + 1}  ${WORDS[mark]}: ${frame.text.trim()}`);
    button.type = 'button';
    button.addEventListener('click', () => { pause(); show(at); });
    const item = element('li');
    item.append(button);
    byId('faults').append(item);
  }
});
if (!byId('faults').children.length) byId('faults').append(element('li', 'This run has none.'));

const time = (seconds) => {
  const ahead = Math.abs(seconds);
  const part = (value) => String(Math.floor(value)).padStart(2, '0');
  return `${seconds < 0 ? '-' : '+'}${part(ahead / 3600)}:${part((ahead / 60) % 60)}:${part(ahead % 60)}`;
};

const showLamps = (lit) => {
  for (const lamp of lamps) {
    const holds = lit[lamp.dataset.id];
    lamp.className = holds === undefined ? 'out' : holds ? 'lit' : 'red';
    lamp.querySelector('.state').textContent = holds === undefined ? '○ not checked yet' : holds ? '● holds' : '✖ VIOLATED';
  }
};

const show = (at) => {
  steps[step].removeAttribute('aria-current');
  step = Math.max(0, Math.min(frames.length - 1, at));
  const { shown, lamps: lit } = states[step];
  const text = frames[step].text.trim();
  byId('slider').value = step + 1;
  byId('slider').setAttribute('aria-valuetext', `step ${step + 1} of ${frames.length}: ${text}`);
  byId('count').textContent = `${step + 1} of ${frames.length}`;
  byId('clock').textContent = shown.clock === undefined ? '' : time(Number(shown.clock));
  byId('text').textContent = text;
  steps[step].setAttribute('aria-current', 'step');
  const [available, reserved, sold] = ['available', 'reserved', 'sold'].map((name) => figure(step, name));
  byId('units-now').textContent = `${available} available + ${reserved} reserved + ${sold} sold = ${available + reserved + sold}`;
  byId('line-now').textContent = shown.waitlist === undefined
    ? `${figure(step, 'line')} orders without an answer`
    : `${figure(step, 'line')} numbers in line, ${figure(step, 'waitlist')} on the waitlist`;
  const messages = shown.messages ?? [];
  byId('messages-now').textContent = messages.length ? `in the order of their delivery` : 'none';
  byId('messages').replaceChildren(...messages.map((message) => element('li', message)));
  for (const cursor of cursors) cursor.setAttribute('transform', `translate(${x(step + 0.5)} 0)`);
  showLamps(lit);
};

// a screen reader hears faults and violations of a run that plays, not each step
const say = () => {
  const frame = frames[step];
  const red = Object.entries(frame.lamps ?? {}).filter(([, holds]) => !holds).map(([id]) => `${id} is violated`);
  const marks = (frame.marks ?? []).map((mark) => WORDS[mark]);
  if (red.length || marks.length) byId('said').textContent = `step ${step + 1}: ${[...marks, ...red].join(', ')}`;
};

const pause = () => {
  clearTimeout(timer);
  timer = undefined;
  byId('play').textContent = 'Play';
};
const next = () => {
  if (step === frames.length - 1) {
    byId('said').textContent = run.broken ? 'The run has ended: a promise is violated.' : 'The run has ended: all promises hold.';
    pause();
    return;
  }
  show(step + 1);
  say();
  const wait = Number(byId('speed').value);
  timer = setTimeout(next, still.matches ? Math.max(wait, 1000) : wait);
};
const play = () => {
  if (step === frames.length - 1) show(0);
  byId('play').textContent = 'Pause';
  timer = setTimeout(next, 0);
};

byId('play').addEventListener('click', () => (timer === undefined ? play() : pause()));
byId('back').addEventListener('click', () => { pause(); show(step - 1); });
byId('forward').addEventListener('click', () => { pause(); show(step + 1); });
byId('slider').addEventListener('input', (event) => { pause(); show(Number(event.target.value) - 1); });
document.addEventListener('keydown', (event) => {
  if (event.target !== document.body || event.ctrlKey || event.metaKey || event.altKey) return;
  const action = { ' ': () => byId('play').click(), ArrowLeft: () => byId('back').click(), ArrowRight: () => byId('forward').click() }[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
show(0);
