'use strict';
// All values of the run enter the page as text, never as markup.
const run = JSON.parse(document.getElementById('run').textContent);
const byId = (id) => document.getElementById(id);
const frames = run.frames;
const last = frames.length - 1;
const still = matchMedia('(prefers-reduced-motion: reduce)');
const WORDS = {
  DIED: 'a process died', RESTARTED: 'a process began anew', LOST: 'data or an offset was lost, or messages were repeated',
  VISITED: 'another process came between', CLOCK: 'a clock stepped',
};
const UNITS = [['sold', 'fill-sold'], ['reserved', 'fill-held'], ['available', 'fill-free']];
const LINE = [['line', 'fill-line'], ['waitlist', 'fill-waitlist']];
const LANE = 30;
const TOP = 44;
const AREA = { units: 96, line: 52 };
const LAMP = 17;

// each step with all figures and lamps of its moment, and when each lamp was lit or broke
const states = [];
const lit = {};
const broke = {};
let before = { shown: {}, lamps: {} };
frames.forEach((frame, step) => {
  before = { shown: { ...before.shown, ...frame.shown }, lamps: { ...before.lamps, ...frame.lamps } };
  for (const [id, holds] of Object.entries(frame.lamps ?? {})) (holds ? lit : broke)[id] ??= step;
  states.push(before);
});
const figure = (step, name) => Number(states[step].shown[name] ?? 0);
const has = (name) => frames.some((frame) => frame.shown && name in frame.shown);

const element = (name, text) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  return made;
};
const shape = (parent, name, attributes, text) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
};
const time = (seconds) => {
  const ahead = Math.abs(seconds);
  const part = (value) => String(Math.floor(value)).padStart(2, '0');
  return `${seconds < 0 ? '−' : '+'}${part(ahead / 3600)}:${part((ahead / 60) % 60)}:${part(ahead % 60)}`;
};

// the lanes that this run used
const used = new Set(frames.flatMap((frame) => [frame.by, ...(frame.with ?? []), ...(frame.moves ?? []).map(([, , at]) => at)]));
const lanes = [...new Set([...run.lanes, ...used])].filter((lane) => used.has(lane));
const laneY = (lane) => TOP + lanes.indexOf(lane) * LANE + LANE / 2;

// marks as small shapes; the legend uses the same ones
const cross = (svg, x, y, r = 4.5) => shape(svg, 'path', { d: `M${x - r} ${y - r}L${x + r} ${y + r}M${x + r} ${y - r}L${x - r} ${y + r}`, class: 'cross' });
const ring = (svg, x, y) => shape(svg, 'circle', { cx: x, cy: y, r: 5, class: 'ring' });
const diamond = (svg, x, y) => shape(svg, 'path', { d: `M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z`, class: 'lost' });
const dial = (svg, x, y) => shape(svg, 'path', { d: `M${x - 6} ${y}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0M${x} ${y - 4}V${y}H${x + 3}`, class: 'clockstep' });
const visit = (svg, x, y, other) => {
  shape(svg, 'path', { d: `M${x} ${y}V${other}`, class: 'visit' });
  shape(svg, 'circle', { cx: x, cy: other, r: 3.5, class: 'visit' });
};
const way = (svg, style, from, to) => {
  const middle = (from.x + to.x) / 2;
  const bow = from.y === to.y ? -16 : 0;
  return shape(svg, 'path', { d: `M${from.x} ${from.y}C${middle} ${from.y + bow} ${middle} ${to.y + bow} ${to.x} ${to.y}`, class: `way ${style}` });
};

// a message goes from its sender to each process that took it or died with it; its copies wait in their order
const ways = [];
const findWays = () => {
  const sources = new Map();
  const taken = new Set();
  frames.forEach((frame, step) => {
    for (const [what, message, at] of frame.moves ?? []) {
      const waiting = sources.get(message) ?? [];
      sources.set(message, waiting);
      if (what === 'SENT') waiting.push({ step, at });
      else if (what === 'BACK') waiting.unshift({ step, at });
      else if (waiting.length) {
        const from = what === 'TAKEN' ? waiting.shift() : waiting[0];
        ways.push({ from, to: { step, at }, style: what === 'DROPPED' ? 'dropped' : taken.has(message) ? 'again' : '' });
        if (what === 'TAKEN') taken.add(message);
      }
    }
  });
  // a request that died with its process comes no more; a message of a topic does
  for (const message of new Set(states[last].shown.messages ?? [])) {
    for (const from of sources.get(message) ?? []) ways.push({ from, to: { step: last, at: from.at }, style: 'open' });
  }
};
findWays();

let dx = 10;
const x = (step) => (step + 0.5) * dx;
let bottom = 0;
let cursor;
let veil;

const drawAxis = (svg) => {
  const every = [1, 2, 5, 10, 20, 50, 100].find((count) => count * dx >= 84) ?? 200;
  for (let step = every - 1; step <= last; step += every) {
    shape(svg, 'path', { d: `M${x(step)} 34V${bottom}`, class: 'tick' });
    const place = x(step) + 32 > frames.length * dx ? { x: frames.length * dx, 'text-anchor': 'end' } : { x: x(step), 'text-anchor': 'middle' };
    shape(svg, 'text', { ...place, y: 14 }, step + 1);
    if (has('clock')) shape(svg, 'text', { ...place, y: 29, class: 'small' }, time(figure(step, 'clock')));
  }
};

const drawLanes = (svg) => {
  for (const lane of lanes) shape(svg, 'path', { d: `M0 ${laneY(lane)}H${frames.length * dx}`, class: 'lane' });
  const died = new Map();
  const rings = [];
  frames.forEach((frame, step) => {
    // a process that takes a step of its own, or a message, is back
    const own = frame.text.startsWith(' ') ? [] : [frame.by];
    for (const lane of [...own, ...(frame.moves ?? []).filter(([what]) => what === 'TAKEN').map(([, , at]) => at)]) {
      const since = died.get(lane);
      if (since === undefined || since === step) continue;
      shape(svg, 'path', { d: `M${x(since) + 6} ${laneY(lane)}H${x(step) - 5}`, class: 'down' });
      died.delete(lane);
      rings.push([step, lane]);
    }
    if (frame.marks?.includes('DIED')) died.set(frame.by, step);
  });
  for (const [lane, since] of died) shape(svg, 'path', { d: `M${x(since) + 6} ${laneY(lane)}H${frames.length * dx}`, class: 'down' });
  for (const one of ways) {
    const from = { x: x(one.from.step), y: laneY(one.from.at) };
    const to = { x: x(one.to.step), y: laneY(one.to.at) };
    one.line = way(svg, one.style, from, to);
    if (one.style === 'dropped') cross(svg, to.x, to.y - 9, 3);
  }
  frames.forEach((frame, step) => drawStep(svg, frame, step));
  for (const [step, lane] of rings) if (frames[step].by !== lane || !frames[step].marks) ring(svg, x(step), laneY(lane));
};

const drawStep = (svg, frame, step) => {
  const y = laneY(frame.by);
  const marks = frame.marks ?? [];
  for (const other of marks.includes('VISITED') ? frame.with ?? [] : []) visit(svg, x(step), y, laneY(other));
  if (marks.includes('LOST')) diamond(svg, x(step), y);
  if (marks.includes('CLOCK')) dial(svg, x(step), y);
  else if (marks.includes('DIED')) cross(svg, x(step), y);
  else if (marks.includes('RESTARTED')) ring(svg, x(step), y);
  else shape(svg, 'circle', { cx: x(step), cy: y, r: frame.text.startsWith(' ') ? 2.2 : 3.4, class: frame.text.startsWith(' ') ? 'dot sub' : 'dot' });
};

// areas above each other: a figure holds until it changes
const most = (names) => Math.max(1, ...frames.map((_, step) => names.reduce((sum, [name]) => sum + figure(step, name), 0)));
const drawArea = (svg, names, top, height) => {
  const scale = height / most(names);
  const base = frames.map(() => 0);
  for (const [name, style] of names) {
    const tops = base.map((low, step) => low + figure(step, name));
    const y = (value) => top + height - value * scale;
    let path = `M0 ${y(base[0])}`;
    tops.forEach((value, step) => { path += `L${step * dx} ${y(value)}H${(step + 1) * dx}`; });
    for (let step = last; step >= 0; step--) path += `L${(step + 1) * dx} ${y(base[step])}H${step * dx}`;
    shape(svg, 'path', { d: `${path}Z`, class: style });
    tops.forEach((value, step) => { base[step] = value; });
  }
};

const drawLamps = (svg, ids, top) => ids.forEach((id, row) => {
  const y = top + row * LAMP + 3;
  const end = broke[id] ?? frames.length;
  shape(svg, 'rect', { x: 0, y, width: frames.length * dx, height: LAMP - 6, class: 'fill-dark' });
  if (id in lit) shape(svg, 'rect', { x: lit[id] * dx, y, width: Math.max(0, (end - lit[id]) * dx), height: LAMP - 6, class: 'fill-green' });
  if (id in broke) shape(svg, 'rect', { x: end * dx, y: y - 2, width: Math.max(dx, 8), height: LAMP - 2, class: 'fill-red' });
});

const lamps = [...document.querySelectorAll('#lamps li')];
const ids = lamps.map((lamp) => lamp.dataset.id);

const draw = () => {
  const score = byId('score');
  const narrow = score.clientWidth < 560;
  const labelWidth = narrow ? 104 : 204;
  const room = score.clientWidth - labelWidth - 2;
  dx = byId('fit').checked ? room / frames.length : Math.max(narrow ? 9 : 10, room / frames.length);
  const labels = byId('labels');
  const svg = byId('chart');
  labels.replaceChildren();
  svg.replaceChildren();
  let y = TOP + lanes.length * LANE + 12;
  const areas = [];
  if (has('available')) {
    areas.push(['Units', UNITS, y, AREA.units]);
    y += AREA.units + 12;
  }
  if (has('line')) {
    areas.push(['The line', LINE.filter(([name]) => has(name)), y, AREA.line]);
    y += AREA.line + 12;
  }
  const lampTop = y;
  bottom = y + ids.length * LAMP + 4;
  const width = Math.max(room, frames.length * dx);
  for (const [one, wide] of [[labels, labelWidth], [svg, width]]) {
    one.setAttribute('width', wide);
    one.setAttribute('height', bottom);
  }
  const label = (at, text, style = '') => shape(labels, 'text', { x: 0, y: at, class: style }, text);
  label(14, 'step');
  if (has('clock')) label(29, 'clock', 'small');
  for (const lane of lanes) label(laneY(lane) + 4, narrow ? lane.replace('-service', '').replace('inventory ', 'inv. ').replace('waitlist ', '') : lane);
  for (const [name, names, top, height] of areas) {
    label(top + height / 2 + 4, name);
    shape(labels, 'text', { x: labelWidth - 8, y: top + 10, 'text-anchor': 'end', class: 'small' }, most(names));
    shape(labels, 'text', { x: labelWidth - 8, y: top + height, 'text-anchor': 'end', class: 'small' }, 0);
  }
  ids.forEach((id, row) => label(lampTop + row * LAMP + 13, narrow ? id : `${id} ${lamps[row].querySelector('.name').textContent}`));
  drawAxis(svg);
  for (const [, names, top, height] of areas) drawArea(svg, names, top, height);
  cursor = shape(svg, 'rect', { y: 0, height: bottom, class: 'cursor' });
  drawLamps(svg, ids, lampTop);
  drawLanes(svg);
  drawBreaks(svg);
  veil = shape(svg, 'rect', { y: 34, height: bottom - 34, class: 'veil' });
  if (step !== undefined) point();
};

const drawBreaks = (svg) => {
  const steps = new Map();
  for (const [id, at] of Object.entries(broke)) steps.set(at, [...(steps.get(at) ?? []), id]);
  for (const [at, broken] of steps) {
    shape(svg, 'path', { d: `M${x(at)} 34V${bottom}`, class: 'break' });
    const end = x(at) > 80;
    shape(svg, 'text', { x: x(at) + (end ? -5 : 5), y: 42, 'text-anchor': end ? 'end' : 'start', class: 'flag' }, `✖ ${broken.join(' ')}`);
  }
};

const LEGEND = [
  ['a step', (svg) => shape(svg, 'circle', { cx: 12, cy: 9, r: 3.4, class: 'dot' }), true],
  ['dies', (svg) => cross(svg, 12, 9), frames.some((frame) => frame.marks?.includes('DIED'))],
  ['down', (svg) => shape(svg, 'path', { d: 'M2 9H22', class: 'down' }), frames.some((frame) => frame.marks?.includes('DIED'))],
  ['starts anew', (svg) => ring(svg, 12, 9), frames.some((frame) => frame.marks?.some((mark) => mark === 'DIED' || mark === 'RESTARTED'))],
  ['comes between', (svg) => visit(svg, 12, 3, 13), frames.some((frame) => frame.marks?.includes('VISITED'))],
  ['lost or repeated', (svg) => diamond(svg, 12, 9), frames.some((frame) => frame.marks?.includes('LOST'))],
  ['a clock steps', (svg) => dial(svg, 12, 9), frames.some((frame) => frame.marks?.includes('CLOCK'))],
  ...[['message', ''], ['message again', 'again'], ['consumer died with the message', 'dropped'], ['still in flight at the end', 'open']].map(
    ([text, style]) => [text, (svg) => way(svg, `on ${style}`, { x: 1, y: 4 }, { x: 23, y: 14 }), ways.some((one) => one.style === style)]),
  ...[['sold', 'fill-sold', 'available'], ['reserved', 'fill-held', 'available'], ['available', 'fill-free', 'available'],
    ['line', 'fill-line', 'line'], ['waitlist', 'fill-waitlist', 'waitlist']].map(
    ([text, style, needs]) => [text, (svg) => shape(svg, 'rect', { x: 4, y: 2, width: 16, height: 14, class: style }), has(needs)]),
];
for (const [text, symbol, shown] of LEGEND) {
  if (!shown) continue;
  const item = element('li');
  const svg = shape(item, 'svg', { width: 24, height: 18, 'aria-hidden': 'true' });
  symbol(svg);
  item.append(text);
  byId('legend').append(item);
}
byId('units-card').hidden = !has('available');
byId('line-card').hidden = !has('line');
byId('messages-card').hidden = !has('messages');
byId('figures-card').hidden = !has('available') && !has('line') && !has('messages');

let step;
let timer;
const rows = [...document.querySelectorAll('#rows tbody tr')];

const showLamps = (now) => {
  for (const lamp of lamps) {
    const id = lamp.dataset.id;
    const holds = now[id];
    lamp.className = holds === undefined ? 'out' : holds ? 'lit' : 'red';
    lamp.querySelector('.state').textContent = holds === undefined ? '○ not checked yet' : holds ? '● holds' : `✖ violated at step ${broke[id] + 1}`;
  }
};

// the cursor in the chart; the chart scrolls along
const point = () => {
  cursor.setAttribute('x', step * dx);
  cursor.setAttribute('width', Math.max(2, dx));
  veil.setAttribute('x', (step + 1) * dx);
  veil.setAttribute('width', Math.max(0, (last - step) * dx));
  for (const one of ways) one.line.classList.toggle('on', step < last && one.from.step <= step && step <= one.to.step);
  const score = byId('score');
  const seen = score.clientWidth - byId('labels').clientWidth;
  if (x(step) < score.scrollLeft + 24 || x(step) > score.scrollLeft + seen - 24) score.scrollLeft = Math.max(0, x(step) - seen * 0.7);
};

const show = (at) => {
  if (step !== undefined) rows[step].removeAttribute('aria-current');
  step = Math.max(0, Math.min(last, at));
  const { shown, lamps: now } = states[step];
  const frame = frames[step];
  const text = frame.text.trim();
  byId('slider').value = step + 1;
  byId('slider').setAttribute('aria-valuetext', `step ${step + 1} of ${frames.length}: ${frame.by}: ${text}`);
  byId('count').textContent = `${step + 1} of ${frames.length}`;
  byId('clock').textContent = shown.clock === undefined ? '' : time(Number(shown.clock));
  byId('who').textContent = frame.by;
  byId('text').textContent = [text, ...(frame.marks ?? []).map((mark) => WORDS[mark])].join(' · ');
  rows[step].setAttribute('aria-current', 'step');
  const box = byId('rows');
  box.scrollTop = rows[step].offsetTop - box.clientHeight / 2;
  const counts = UNITS.map(([name]) => figure(step, name));
  const all = counts.reduce((sum, count) => sum + count, 0);
  document.querySelectorAll('#units-bar i').forEach((part, index) => { part.style.width = `${all ? (counts[index] / all) * 100 : 0}%`; });
  byId('units-now').textContent = `${counts[2]} available + ${counts[1]} reserved + ${counts[0]} sold = ${all} allotted`;
  byId('line-now').textContent = shown.waitlist === undefined
    ? `${figure(step, 'line')} orders without an answer`
    : `${figure(step, 'line')} numbers in line, ${figure(step, 'waitlist')} on the waitlist`;
  const messages = shown.messages ?? [];
  byId('messages-now').textContent = messages.length ? `${messages.length}, in the order of their delivery` : 'none';
  byId('messages').replaceChildren(...messages.map((message) => element('li', message)));
  showLamps(now);
  point();
};

// a screen reader hears faults and violations of a run that plays, not each step
const say = () => {
  const red = Object.keys(broke).filter((id) => broke[id] === step).map((id) => `${id} is violated`);
  const marks = (frames[step].marks ?? []).map((mark) => WORDS[mark]);
  if (red.length || marks.length) byId('said').textContent = `step ${step + 1}: ${[...marks, ...red].join(', ')}`;
};

const pause = () => {
  clearTimeout(timer);
  timer = undefined;
  byId('play').textContent = '▶ Play';
};
const next = () => {
  if (step === last) {
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
  if (step === last) show(0);
  byId('play').textContent = '⏸ Pause';
  timer = setTimeout(next, 0);
};
const go = (at) => {
  pause();
  show(at);
};
const isFault = (at) => frames[at].marks?.length || Object.values(broke).includes(at);
const fault = (way) => {
  let at = step + way;
  while (at > 0 && at < last && !isFault(at)) at += way;
  go(at);
};

byId('play').addEventListener('click', () => (timer === undefined ? play() : pause()));
byId('back').addEventListener('click', () => go(step - 1));
byId('forward').addEventListener('click', () => go(step + 1));
byId('fault-back').addEventListener('click', () => fault(-1));
byId('fault-forward').addEventListener('click', () => fault(1));
byId('slider').addEventListener('input', (event) => go(Number(event.target.value) - 1));
byId('fit').addEventListener('change', draw);
byId('chart').addEventListener('click', (event) => go(Math.floor((event.clientX - byId('chart').getBoundingClientRect().left) / dx)));
rows.forEach((row, at) => row.addEventListener('click', () => go(at)));
document.addEventListener('keydown', (event) => {
  if (![document.body, byId('score')].includes(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const jump = event.shiftKey ? fault : (by) => go(step + by);
  const action = {
    ' ': () => byId('play').click(), ArrowLeft: () => jump(-1), ArrowRight: () => jump(1), Home: () => go(0), End: () => go(last),
  }[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
let drawnFor = 0;
new ResizeObserver(() => {
  if (byId('score').clientWidth === drawnFor) return;
  drawnFor = byId('score').clientWidth;
  draw();
}).observe(byId('score'));
draw();
show(last);
