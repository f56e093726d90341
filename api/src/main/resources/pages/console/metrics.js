// Prometheus text as figures.

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

// Returns {name: [{labels, value}]}; what is no number is NaN.
export function parse(text) {
  const series = {};
  for (const line of text.split('\n')) {
    const found = line.startsWith('#') ? null : LINE.exec(line);
    if (found) {
      const labels = Object.fromEntries([...(found[2] ?? '').matchAll(LABEL)].map(match => [match[1], match[2]]));
      (series[found[1]] ??= []).push({labels, value: Number(found[3])});
    }
  }
  return series;
}

// The figure of this name whose labels are these; null where the server tells none.
export function figure(series, name, labels = {}) {
  const found = series[name]?.find(each => Object.entries(labels).every(([key, value]) => each.labels[key] === value));
  return found === undefined || Number.isNaN(found.value) ? null : found.value;
}
