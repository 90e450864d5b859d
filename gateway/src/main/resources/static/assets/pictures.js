// The picture of a product: its own, or one that is drawn from its name, always the same.
import { element } from './page.js';

const NAME = /^[a-z0-9-]{1,40}$/;
/** For products that name no picture: a word of their name. */
const BY_WORD = [
  [/sneaker|shoe/i, 'aurora-sneaker'],
  [/headphone/i, 'halo-headphones'],
  [/watch/i, 'comet-watch'],
  [/camera/i, 'ember-camera'],
];

const fileOf = (name, picture) => NAME.test(picture ?? '') ? picture : BY_WORD.find(([word]) => word.test(name))?.[1];

/** Shows the picture in a frame; an empty alternative text makes it decoration. */
export function showPicture(frame, { productName, picture }, alt = '') {
  const draw = () => frame.replaceChildren(drawn(productName, alt));
  const file = fileOf(productName, picture);
  if (!file) return draw();
  frame.replaceChildren(element('img', { onerror: draw, alt, width: 640, height: 480, src: `/assets/pictures/${file}.svg` }));
}

export function pictureFrame(product) {
  const frame = element('div', { className: 'picture' });
  showPicture(frame, product);
  return frame;
}

// ---- drawing ---------------------------------------------------------------------------------------------------------------

let drawings = 0;

function node(tag, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** FNV-1a: equal names look equal in all browsers. */
const hashOf = text => [...text].reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0), 16777619) >>> 0, 2166136261);

const initials = name => name.split(/[^\p{L}\p{N}]+/u).filter(Boolean).slice(0, 2).map(word => [...word][0].toUpperCase()).join('');

const gradient = (id, from, to) => node('linearGradient', { id, x1: 0, y1: 0, x2: 1, y2: 1 },
  node('stop', { offset: 0, 'stop-color': from }), node('stop', { offset: 1, 'stop-color': to }));

const circles = places => places.map(([cx, cy, r]) => node('circle', { cx, cy, r }));

/** The ground behind the parcel: rings, hills or balloons. */
const SCENES = [
  () => node('g', { fill: 'none', stroke: '#fff', 'stroke-opacity': .55, 'stroke-width': 14 }, ...circles([[320, 262, 170], [320, 262, 232], [320, 262, 294]])),
  () => node('g', { fill: '#fff', opacity: .32 },
    node('path', { d: 'M0 300 C120 220 220 330 340 270 S560 220 640 280 V480 H0Z' }),
    node('path', { d: 'M0 372 C160 312 260 392 400 340 S580 330 640 350 V480 H0Z' })),
  () => node('g', { fill: '#fff', opacity: .4 }, ...circles([[96, 104, 46], [556, 92, 34], [574, 352, 56], [70, 340, 30], [318, 56, 20]])),
];

function parcel(hue, letters) {
  const colour = (saturation, light) => `hsl(${hue} ${saturation}% ${light}%)`;
  return [
    node('ellipse', { cx: 320, cy: 398, rx: 196, ry: 24, fill: colour(50, 18), opacity: .28 }),
    node('path', { d: 'M150 196 L320 268 V408 L150 330Z', fill: colour(52, 46) }),
    node('path', { d: 'M490 196 L320 268 V408 L490 330Z', fill: colour(54, 36) }),
    node('path', { d: 'M150 196 L320 128 L490 196 L320 268Z', fill: colour(62, 64) }),
    node('path', { d: 'M388 239 L422 225 V360 L388 376Z M218 168 L252 154 L422 225 L388 239Z', fill: '#fff', opacity: .85 }),
    node('path', { d: 'M320 190 C280 130 220 150 250 178 C268 194 300 194 320 190 C340 130 420 136 398 170 C384 190 340 194 320 190Z', fill: '#fff' }),
    node('circle', { cx: 320, cy: 190, r: 13, fill: colour(52, 46) }),
    node('text', {
      transform: 'matrix(1 .4235 0 1 235 332)', 'text-anchor': 'middle', fill: '#fff', 'font-size': 76, 'font-weight': 800, 'font-family': 'system-ui, sans-serif',
    }, letters),
  ];
}

function drawn(name, alt) {
  const seed = hashOf(name);
  const hue = seed % 360;
  const id = `drawing-${++drawings}`;
  return node('svg', {
    viewBox: '0 0 640 480', preserveAspectRatio: 'xMidYMid slice', ...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': 'true' }),
  },
  node('defs', {}, gradient(id, `hsl(${hue} 80% 92%)`, `hsl(${(hue + 40) % 360} 72% 72%)`)),
  node('rect', { width: 640, height: 480, fill: `url(#${id})` }),
  SCENES[(seed >>> 9) % SCENES.length](),
  ...parcel((hue + 170 + (seed >>> 17) % 40) % 360, initials(name)));
}
