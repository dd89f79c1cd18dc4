// The last ten minutes, a point a second. What was done to the suite is a vertical line in each chart.

import { byId, count, element, setText } from "./elements.js";

const SPAN_SECONDS = 600;
const SERVICES = ["auth", "profile", "media", "jobs", "realtime"];
const HARM = new Set(["kill", "ended", "fault", "stop", "cut", "pause", "trouble"]);
const CLUSTER_PIXELS = 4;
const THROUGH_MAX = 8;
const TICK_PIXELS = 8;
const samples = [];
const marks = [];
const charts = [];
const calm = matchMedia("(prefers-color-scheme: dark)");

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const line = (label, hue, value, more = {}) => ({ label, hue, value, ...more });
const sum = (object) => Object.values(object ?? {}).reduce((total, one) => total + one, 0);
const shown = (value, digits, unit) => (value === undefined || value === null ? "–" : `${value.toFixed(digits)}${unit}`);

const KINDS = [
  {
    title: "Throughput",
    now: (s) => `${count(s.requests)} requests/s`,
    lines: [line("requests/s", "line-1", (s) => s.requests, { fill: true })],
  },
  {
    title: "Latency",
    now: (s) => `p50 ${shown(s.p50, 1, " ms")} · p99 ${shown(s.p99, 1, " ms")}`,
    lines: [line("p50 ms", "line-1", (s) => s.p50), line("p99 ms", "line-2", (s) => s.p99)],
    scale: { type: "logarithmic", min: 1, suggestedMax: 100 },
  },
  {
    title: "Errors",
    now: (s) => `${count(s.errors)} errors/s · ${count(s.refusals)} refused by quota`,
    lines: [line("5xx/s", "line-bad", (s) => s.errors, { fill: true }), line("429/s", "line-3", (s) => s.refusals)],
    scale: { suggestedMax: 5 },
  },
  {
    title: "Queues",
    now: (s) => `${s.depth === undefined ? "–" : count(s.depth)} waiting · ${shown(s.latency, 1, " s")} behind`,
    lines: [
      line("jobs waiting", "line-1", (s) => s.depth, { fill: true }),
      line("latency s", "line-2", (s) => s.latency, { axis: "right" }),
    ],
    scale: { suggestedMax: 10 },
    right: { suggestedMax: 5 },
  },
  {
    title: "Replicas",
    now: (s) => `${sum(s.ready)} ready of ${sum(s.wanted)} wanted`,
    lines: [
      line("wanted", "text", (s) => sum(s.wanted), { dash: [4, 3], stepped: true }),
      ...SERVICES.map((name, index) =>
        line(name, `line-${index + 1}`, (s) => s.ready?.[name] ?? 0, { fill: true, stack: "ready", stepped: true }),
      ),
    ],
    scale: { suggestedMax: 12, ticks: { precision: 0 } },
  },
  {
    title: "Sockets",
    now: (s) => `${count(s.sockets)} open`,
    lines: [line("sockets", "line-4", (s) => s.sockets, { fill: true })],
    scale: { suggestedMax: 5, ticks: { precision: 0 } },
  },
];

/** Marks that would stand on each other are one, and harm is what it shows: pixel to whether it is harm. */
function clusters({ chartArea, scales }) {
  const found = new Map();
  for (const mark of marks) {
    const x = scales.x.getPixelForValue(mark.at / 1000);
    if (mark.kind === "ready" || x < chartArea.left || x > chartArea.right) continue;
    const place = Math.round(x / CLUSTER_PIXELS) * CLUSTER_PIXELS;
    found.set(place, (found.get(place) ?? false) || HARM.has(mark.kind));
  }
  return found;
}

/** The latest go through the whole chart. Those before them, of which a proof makes many, stand at its top, so that the lines can be seen. */
const marksPlugin = {
  id: "marks",
  afterDatasetsDraw(chart) {
    const { ctx, chartArea } = chart;
    const latestFirst = [...clusters(chart)].sort(([one], [other]) => other - one);
    ctx.save();
    ctx.lineWidth = 1;
    for (const [index, [x, isHarm]] of latestFirst.entries()) {
      ctx.strokeStyle = isHarm ? colour("bad") : colour("quiet");
      ctx.globalAlpha = isHarm ? 0.7 : 0.4;
      ctx.setLineDash(isHarm ? [] : [2, 3]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, index < THROUGH_MAX ? chartArea.bottom : chartArea.top + TICK_PIXELS);
      ctx.stroke();
    }
    ctx.restore();
  },
};

function dataset(one) {
  return {
    label: one.label,
    hue: one.hue,
    data: [],
    yAxisID: one.axis ?? "y",
    stack: one.stack,
    stepped: one.stepped ?? false,
    borderDash: one.dash,
    borderWidth: 1.6,
    pointRadius: 0,
    fill: one.fill ? (one.stack ? "stack" : "origin") : false,
    spanGaps: false,
  };
}

function paint(chart) {
  for (const set of chart.data.datasets) {
    set.borderColor = colour(set.hue);
    set.backgroundColor = `color-mix(in srgb, ${colour(set.hue)} 22%, transparent)`;
  }
  for (const scale of Object.values(chart.options.scales)) {
    scale.grid.color = colour("edge");
    scale.ticks.color = colour("quiet");
    scale.border = { color: colour("edge") };
  }
  chart.options.plugins.legend.labels.color = colour("quiet");
}

function axis(options = {}) {
  return { beginAtZero: true, grid: {}, ...options, ticks: { maxTicksLimit: 4, ...options.ticks } };
}

function figure(kind, index) {
  const canvas = element("canvas", { role: "img", "aria-labelledby": `chart-${index}` });
  const now = element("span", { class: "now", text: "–" });
  const node = element(
    "figure",
    {},
    element("figcaption", { id: `chart-${index}` }, element("b", { text: kind.title }), now),
    element("div", { class: "canvas" }, canvas),
  );
  byId("charts").append(node);
  const scales = {
    x: {
      type: "linear",
      grid: { display: false },
      ticks: {
        stepSize: 120,
        maxRotation: 0,
        callback: (value) => {
          const minutes = Math.round((value - Math.floor(Date.now() / 1000)) / 60);
          return minutes >= 0 ? "now" : `${minutes} min`;
        },
      },
    },
    y: axis({ stacked: kind.lines.some((one) => one.stack), ...kind.scale }),
  };
  if (kind.right) scales.right = { ...axis(kind.right), position: "right", grid: { drawOnChartArea: false } };
  const chart = new Chart(canvas, {
    type: "line",
    data: { datasets: kind.lines.map(dataset) },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      maintainAspectRatio: false,
      events: [],
      scales,
      plugins: { legend: { display: kind.lines.length > 1, labels: { boxWidth: 10, boxHeight: 2, font: { size: 11 } } }, tooltip: { enabled: false } },
    },
    plugins: [marksPlugin],
  });
  paint(chart);
  charts.push({ chart, kind, now, visible: true, node });
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const found = charts.find((one) => one.node === entry.target);
    if (found) found.visible = entry.isIntersecting;
  }
  draw();
}, { rootMargin: "50%" });

function draw() {
  const last = samples.at(-1);
  const end = last ? last.at / 1000 : Date.now() / 1000;
  for (const { chart, kind, now, visible } of charts) {
    if (last) setText(now, kind.now(last));
    if (!visible || document.hidden) continue;
    kind.lines.forEach((one, index) => {
      chart.data.datasets[index].data = samples.map((sample) => ({ x: sample.at / 1000, y: one.value(sample) ?? NaN }));
    });
    chart.options.scales.x.min = end - SPAN_SECONDS;
    chart.options.scales.x.max = end;
    chart.update("none");
  }
}

export function startCharts() {
  KINDS.forEach(figure);
  charts.forEach((one) => seen.observe(one.node));
  calm.addEventListener("change", () => {
    charts.forEach(({ chart }) => paint(chart));
    draw();
  });
  draw();
}

export function showHistory(history) {
  if (history.complete) {
    samples.length = 0;
    marks.length = 0;
  }
  samples.push(...history.samples);
  marks.push(...history.marks);
  trim();
  draw();
}

export function addSample(sample) {
  samples.push(sample);
  trim();
  draw();
}

export function addMark(mark) {
  marks.push(mark);
  draw();
}

function trim() {
  while (samples.length > SPAN_SECONDS) samples.shift();
  while (marks.length > 300) marks.shift();
}
