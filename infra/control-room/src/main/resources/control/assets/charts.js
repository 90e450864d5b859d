// The charts, by uPlot. Each has the same time axis, and lines for the markers.
import uPlot from './vendor/uplot.js';

const SPAN_S = 300;
const ROWS = 10; // seconds in the table behind a chart

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const round = value => (value === null || value === undefined ? '–' : Number(value.toFixed(1)).toLocaleString('en'));

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const time = seconds => TIME.format(seconds * 1000).replace(/:00$/, '');

// Each chart: where its figures are in a point, and how they look. A stacked chart draws sums, the largest first.
const CHARTS = [
  {
    id: 'units', stacked: true,
    series: [
      { name: 'available', colour: '--available', of: (point, sale) => point.s[sale]?.[0] },
      { name: 'reserved', colour: '--reserved', of: (point, sale) => point.s[sale]?.[1] },
      { name: 'sold', colour: '--sold', of: (point, sale) => point.s[sale]?.[2] },
    ],
  },
  {
    id: 'latency', logarithmic: true,
    series: [
      { name: 'p50', colour: '--good', of: point => point.l?.[0] },
      { name: 'p95', colour: '--warn', of: point => point.l?.[1] },
      { name: 'p99', colour: '--bad', of: point => point.l?.[2] },
    ],
  },
  {
    id: 'orders',
    series: [
      { name: 'placed', colour: '--blue', of: point => point.o?.[0] },
      { name: 'paid', colour: '--good', of: point => point.o?.[1] },
      { name: 'refused', colour: '--warn', of: point => point.o?.[2] },
    ],
  },
  {
    id: 'line',
    series: [
      { name: 'in line', colour: '--blue', of: (point, sale) => point.s[sale]?.[3] },
      { name: 'served/s', colour: '--good', of: (point, sale) => point.s[sale]?.[4] },
      { name: 'waitlist', colour: '--violet', of: (point, sale) => point.s[sale]?.[5] },
    ],
  },
  {
    id: 'responses',
    series: [
      { name: 'all', colour: '--blue', of: point => point.r?.[0] },
      { name: 'refused', colour: '--warn', of: point => point.r?.[1] },
      { name: 'errors', colour: '--bad', of: point => point.r?.[2] },
    ],
  },
];

class Chart {
  constructor(kind) {
    this.kind = kind;
    this.place = document.getElementById(kind.id);
    this.table = document.getElementById(kind.id + '-table');
    this.keys = kind.series.map(series => {
      const key = document.createElement('span');
      key.style.setProperty('--key', `var(${series.colour})`);
      key.append(series.name + ' ', document.createElement('b'));
      this.place.closest('figure').querySelector('.keys').append(key);
      return key.lastChild;
    });
    this.markers = [];
    new ResizeObserver(() => this.plot?.setSize(this.size())).observe(this.place);
    this.make();
  }

  size() {
    return { width: Math.max(200, this.place.clientWidth), height: Math.max(120, this.place.clientHeight) };
  }

  make() {
    this.plot?.destroy();
    const { kind } = this;
    const axis = { stroke: colour('--muted'), grid: { stroke: colour('--grid'), width: 1 }, ticks: { show: false } };
    this.plot = new uPlot({
      ...this.size(),
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: true, auto: false, range: (plot, min, max) => [min, max] },
        y: kind.logarithmic
          ? { distr: 3, range: (plot, min, max) => [1, Math.max(100, 10 ** Math.ceil(Math.log10(max || 1)))] }
          : { range: (plot, min, max) => [0, Math.max(kind.stacked ? 1 : 5, (max ?? 0) * (kind.stacked ? 1.02 : 1.1))] },
      },
      axes: [
        { ...axis, size: 26, space: 64, values: (plot, ticks) => ticks.map(time) },
        { ...axis, size: 46, values: (plot, ticks) => ticks.map(tick => (tick === null ? '' : round(tick))) },
      ],
      series: [{}, ...kind.series.map(series => ({
        stroke: colour(series.colour),
        fill: kind.stacked ? colour(series.colour) : undefined,
        width: kind.stacked ? 0 : 1.75,
        points: { show: false },
        spanGaps: false,
      }))],
      hooks: { draw: [plot => this.drawMarkers(plot)] },
    }, [[], ...kind.series.map(() => [])], this.place);
    const canvas = this.place.querySelector('canvas');
    canvas.setAttribute('aria-hidden', 'true');
  }

  drawMarkers(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    for (const marker of this.markers) {
      const x = plot.valToPos(marker.at / 1000, 'x', true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.strokeStyle = colour(marker.grave ? '--bad' : marker.kind === 'FAULT' ? '--good' : '--muted');
      ctx.lineWidth = devicePixelRatio;
      ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }

  draw(points, sale, markers) {
    const { series, stacked } = this.kind;
    this.markers = markers;
    const values = series.map(one => points.map(point => one.of(point, sale) ?? null));
    this.keys.forEach((key, i) => {
      const now = values[i][values[i].length - 1];
      key.textContent = round(now);
    });
    const shown = stacked ? values.map((one, i) => one.map((value, at) => (value === null
      ? null
      : values.slice(i).reduce((sum, other) => sum + other[at], 0)))) : values;
    this.plot.setData([points.map(point => point.t / 1000), ...shown], false);
    const now = points.length > 0 ? points[points.length - 1].t / 1000 : Date.now() / 1000;
    this.plot.setScale('x', { min: now - SPAN_S, max: now });
    if (this.table.closest('details').open) this.fillTable(points, values);
  }

  fillTable(points, values) {
    const row = (cells, name) => {
      const line = document.createElement('tr');
      for (const text of cells) {
        const cell = document.createElement(name);
        cell.textContent = text;
        line.append(cell);
      }
      return line;
    };
    const head = document.createElement('thead');
    head.append(row(['time', ...this.kind.series.map(one => one.name)], 'th'));
    const body = document.createElement('tbody');
    for (let i = points.length - 1; i >= Math.max(0, points.length - ROWS); i--) {
      body.append(row([new Date(points[i].t).toLocaleTimeString('en-GB'), ...values.map(one => round(one[i]))], 'td'));
    }
    this.table.replaceChildren(head, body);
  }
}

export class Charts {
  constructor() {
    this.charts = CHARTS.map(kind => new Chart(kind));
  }

  draw(points, sale, markers) {
    const shown = points.slice(-SPAN_S - 2);
    const visible = markers.filter(marker => marker.kind !== 'PROCESS' || marker.grave);
    for (const chart of this.charts) chart.draw(shown, sale?.id ?? '', visible);
    document.getElementById('no-sale').hidden = sale !== null;
    document.getElementById('units').hidden = sale === null;
  }

  recolour() {
    this.charts.forEach(chart => chart.make());
  }
}
