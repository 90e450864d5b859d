// The control room: one event stream, one message a second, drawn by the other modules.
import { Charts } from './charts.js';
import { Steer } from './steer.js';
import { View } from './view.js';

const WATCHED = 600; // seconds that the server remembers, too
const GAP_MS = 5_000; // a longer pause between two points is a gap in the charts

const view = new View();
const charts = new Charts();
const steer = new Steer();
const points = [];
const markers = new Map();
let faults = [];
let last = null;
let chosen = '';

function addPoint(point) {
  const before = points[points.length - 1];
  if (before && point.t <= before.t) return;
  if (before && point.t - before.t > GAP_MS) points.push({ t: before.t + 1_000, o: null, l: null, r: null, s: {} });
  points.push(point);
  while (points.length > WATCHED) points.shift();
}

function addMarkers(list) {
  const fresh = list.filter(marker => !markers.has(marker.number));
  for (const marker of fresh) markers.set(marker.number, marker);
  while (markers.size > 200) markers.delete(markers.keys().next().value);
  if (fresh.length > 0) view.timeline([...markers.values()]);
  return fresh;
}

function sale() {
  const sales = last?.sample.sales ?? [];
  return sales.find(one => one.id === chosen) ?? sales.find(one => one.id === last.sample.focus) ?? sales[0] ?? null;
}

function draw() {
  if (!last) return;
  const shown = sale();
  view.second(last, shown);
  steer.second(shown, last.faults, last.load, last.sample.switches);
  if (!document.hidden) charts.draw(points, shown, [...markers.values()]);
}

function connect() {
  const stream = new EventSource('events');
  stream.addEventListener('welcome', event => {
    const welcome = JSON.parse(event.data);
    points.length = 0;
    markers.clear(); // a restarted server numbers them from 1
    welcome.history.forEach(addPoint);
    addMarkers(welcome.markers);
    faults = welcome.faults;
    steer.faults(faults);
    steer.stories(welcome.stories);
    view.elsewhere = welcome.elsewhere;
    view.connected();
  });
  stream.addEventListener('second', event => {
    last = JSON.parse(event.data);
    addPoint(last.point);
    view.news(addMarkers(last.markers));
    draw();
  });
  stream.addEventListener('error', () => {
    view.disconnected();
    // after a refusal the browser does not come back by itself
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 3_000);
  });
  addEventListener('pagehide', () => stream.close(), { once: true });
}

view.onChoice(id => {
  chosen = id;
  draw();
});
document.addEventListener('visibilitychange', draw);
addEventListener('pageshow', event => {
  if (event.persisted) connect(); // back from the browser's cache
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  charts.recolour();
  draw();
});
connect();
