// The overview: plotly draws the figure made beforehand; here it gets the page's colours, language and width.
const BINS = 64; // across the axis, so that a bin is as wide as its mark
const MOST = 2200; // points drawn at once; above it they are gathered into bins that tell their counts

function chart(figure, onChoose) {
  const host = document.getElementById('chart');
  const { Plotly } = window;
  let whole = false;
  let window_ = null; // the ranges zoomed to, by axis
  const moment = (text) => Date.parse(String(text).replace(' ', 'T') + 'Z');
  const total = figure.data.reduce((sum, trace) => sum + trace.x.length, 0);
  const times = total > MOST ? figure.data.map((trace) => trace.x.map((x) => (x === null ? null : moment(x)))) : null;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  let paints = {}; // the light value that stands for a role -> the page's colour now
  const painted = (value) => {
    if (Array.isArray(value)) return value.map(painted);
    if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, painted(v)]));
    return typeof value === 'string' && value[0] === '#' && paints[value] ? paints[value] : value;
  };

  const axes = Object.keys(figure.layout).filter((name) => name.startsWith('xaxis'));
  const narrow = () => host.clientWidth < 640;
  const tight = () => host.clientWidth < 960; // the rows are packed for more: events carry their numbers only

  function layout() {
    const made = painted(JSON.parse(JSON.stringify(figure.layout)));
    const texts = figure.texts[page.language];
    made.annotations.forEach((it, place) => { it.text = texts[place]; });
    made.yaxis.ticktext = figure.lanes[page.language];
    made.font.family = getComputedStyle(document.body).fontFamily;
    made.autosize = true;
    const stops = [[null, 21600000, 'tick_hour'], [21600000, 86399999, 'tick_half'], [86399999, 'M1', 'tick_day'], ['M1', 'M12', 'tick_month'], ['M12', null, 'tick_year']];
    for (const name of axes) {
      const long = moment(made[name].range[1]) - moment(made[name].range[0]) > 36 * 3600000; // hours alone would not tell the day
      made[name].tickformatstops = stops.map(([low, high, key]) => ({ dtickrange: [low, high], value: word(long && key === 'tick_hour' ? 'tick_half' : key) }));
      if (window_ && window_[name]) made[name].range = window_[name];
    }
    if (tight()) upright(made);
    if (narrow()) slim(made);
    if (whole) widen(made);
    return made;
  }

  // Too little room for the lengths of the gaps beside each other under the axis: they stand in their folds, shorter.
  function upright(made) {
    made.margin.b -= 20;
    made.height -= 20;
    made.annotations.filter((it) => it.name === 'zone').forEach((it) => { it.yshift += 20; });
    for (const name of axes) made[name].ticklabeloverflow = 'hide past domain'; // else they run into the next panel's
    made.annotations.forEach((it, place) => {
      if (it.name === 'fold') Object.assign(it, { text: figure.brief[page.language][place], textangle: -90, yanchor: 'bottom', yshift: 6 });
    });
  }

  function slim(made) {
    made.margin.l = 92;
    made.margin.r = 8;
    respace(made, 0.055);
    for (const name of axes) made[name].nticks = Math.max(1, Math.round((made[name].domain[1] - made[name].domain[0]) * 4));
    for (const it of made.annotations) it.font.size = Math.min(it.font.size, it.name === 'fold' ? 10 : 11);
    made.yaxis.ticktext = made.yaxis.ticktext.map((it) => (it.length > 9 ? it.slice(0, 8) + '…' : it));
    // Neighbouring titles would run into each other on a narrow page: each takes the lowest line that is free.
    const inner = host.clientWidth - made.margin.l - made.margin.r;
    const ends = [];
    for (const it of made.annotations.filter((each) => each.name === 'title')) {
      const wide = [...it.text.replace(/<.*?>/g, '')].reduce((sum, letter) => sum + (letter > '\u1100' ? 11 : 7), 0);
      const low = it.x * inner - (it.xanchor === 'right' ? wide : 0);
      let line = 0;
      while (line < 2 && ends[line] > low) line += 1;
      ends[line] = low + wide + 6;
      it.yshift += 14 * line;
    }
    made.margin.t += 14 * (ends.length - 1);
    made.height += 14 * (ends.length - 1);
  }

  // Wider folds between the panels, so that the length of the gap can still be read.
  function respace(made, fold) {
    const shares = axes.map((name) => made[name].domain[1] - made[name].domain[0]);
    const room = (1 - fold * (axes.length - 1)) / shares.reduce((a, b) => a + b, 0);
    const titles = made.annotations.filter((it) => it.name === 'title');
    let at = 0;
    axes.forEach((name, place) => {
      const end = at + shares[place] * room;
      made[name].domain = [at, Math.min(end, 1)];
      // Too narrow for a tick text: the title above says the day.
      if ((end - at) * (host.clientWidth - 100) < 56) made[name].showticklabels = false;
      const last = place && place === axes.length - 1;
      Object.assign(titles[place], { x: last ? 1 : at, xanchor: last ? 'right' : 'left' });
      if (place < axes.length - 1) Object.assign(made.shapes[place], { x0: end + 0.006, x1: end + fold - 0.006 });
      const text = made.annotations[made.annotations.indexOf(titles[place]) + 1];
      if (place && text.name === 'fold') text.x = at - fold / 2;
      at = end + fold;
    });
  }

  function widen(made) {
    for (const name of axes.slice(1)) made[name].visible = false;
    made.xaxis.domain = [0, 1];
    made.xaxis.nticks = narrow() ? 4 : 10;
    made.xaxis.range = (window_ && window_.xaxis) || figure.whole;
    made.shapes = [];
    made.annotations = made.annotations.filter((it) => it.name === 'side' || it.name === 'zone');
  }

  function data() {
    return figure.data.map((trace, place) => {
      let made = painted(trace);
      if (times && trace.name !== 'box') made = thin(made, times[place], trace.xaxis || 'x');
      if (whole) { made.xaxis = 'x'; }
      if (trace.name === 'best' && !times) made.textfont.shadow = halo();
      if (trace.name === 'best' && (whole || tight())) made = numbers(made);
      if (page.shown && made.customdata) made = dim(made);
      return made;
    });
  }

  // The ground's colour around a text that a line crosses.
  const halo = () => ['1px 1px', '-1px 1px', '1px -1px', '-1px -1px'].map((at) => `${at} 1px ${colour('--paper')}`).join(',');

  // On a narrow page or at true scale the events carry their numbers only.
  const numbers = (made) => ({ ...made, text: made.text && made.text.map((it) => it.trim().split(' ')[0]), textposition: 'top center' });

  const dim = (made) => {
    const each = (shown, hidden) => made.customdata.map((id) => (page.shown.has(id) ? shown : hidden));
    const slim = { ...made, marker: { ...made.marker, opacity: each(1, 0.14) } };
    if (made.name === 'best' && !times) slim.textfont = { ...made.textfont, color: each(made.textfont.color, colour('--edge')) };
    return slim;
  };

  // Only what lies in view, and no more than MOST of it: the rest is gathered by row and stretch of the axis.
  function thin(made, at, axis) {
    const name = 'xaxis' + axis.slice(1);
    const [low, high] = ((whole ? window_ && window_.xaxis : window_ && window_[name]) || figure.layout[name].range).map(moment);
    const lines = made.mode === 'lines';
    const cell = (high - low) / BINS;
    const seen = new Map();
    const kept = [];
    const share = MOST / figure.data.length;
    let inside = 0;
    for (let place = 0; place < at.length; place += lines ? 3 : 1) if (at[place] >= low && at[place] <= high) inside += 1;
    for (let place = 0; place < at.length; place += lines ? 3 : 1) {
      if (at[lines ? place + 1 : place] < low || at[place] > high) continue;
      if (inside > share) {
        const key = made.y[place] + '|' + Math.floor((at[place] - low) / cell);
        if (seen.has(key)) { seen.get(key).count += 1; continue; }
        seen.set(key, { count: 1 });
        kept.push([place, seen.get(key)]);
      } else kept.push([place, { count: 1 }]);
    }
    return lines ? lineSlice(made, kept) : pointSlice(made, kept);
  }

  function lineSlice(made, kept) {
    const take = (list) => kept.flatMap(([place]) => [list[place], list[place + 1], null]);
    return { ...made, x: take(made.x), y: take(made.y) };
  }

  function pointSlice(made, kept) {
    const take = (list) => (Array.isArray(list) ? kept.map(([place]) => list[place]) : list);
    const told = kept.map(([place, bin]) => (bin.count > 1 ? word('bin', { n: bin.count }) : made.hovertext[place]));
    const marker = { ...made.marker, opacity: 1, symbol: take(made.marker.symbol), color: take(made.marker.color), line: { ...made.marker.line, color: take(made.marker.line.color) } };
    marker.size = kept.map(([, bin]) => (bin.count > 1 ? 16 : made.marker.size));
    const slim = { ...made, x: take(made.x), y: take(made.y), customdata: take(made.customdata), hovertext: told, marker };
    if (kept.every(([, bin]) => bin.count === 1)) return { ...slim, text: take(made.text), textposition: take(made.textposition) };
    marker.symbol = marker.symbol.map((it, place) => (kept[place][1].count > 1 ? it.replace('-open', '') : it));
    const counts = kept.map(([, bin]) => (bin.count > 1 ? String(bin.count) : ''));
    return { ...slim, mode: 'markers+text', text: counts, textposition: 'middle center', textfont: { size: 8, color: colour('--paper'), shadow: 'none' } };
  }

  const config = () => ({
    displaylogo: false,
    showSendToCloud: false,
    showEditInChartStudio: false,
    plotlyServerURL: '',
    responsive: false,
    doubleClick: 'reset',
    scrollZoom: false,
    modeBarButtons: [['zoom2d', 'pan2d', 'zoomIn2d', 'zoomOut2d', 'resetScale2d', 'toImage']],
    displayModeBar: narrow() ? false : 'hover',
    locale: page.language,
    locales: { ko: window.plotlyKorean },
  });

  function draw() {
    paints = Object.fromEntries(Object.entries(figure.colours).map(([light, role]) => [light, colour(role)]));
    return Plotly.react(host, data(), layout(), config()).then(name);
  }

  // The drawing is silent to a screen reader, which has the list and the table; its buttons are named and can be reached.
  function name() {
    all('svg', host).forEach((it) => it.setAttribute('aria-hidden', 'true'));
  }

  draw();
  host.on('plotly_click', (event) => { const id = event.points[0].customdata; if (id) onChoose(id); });
  host.on('plotly_relayout', (change) => {
    const ends = {};
    for (const [key, value] of Object.entries(change)) {
      const found = key.match(/^(xaxis\d*)\.range\[([01])\]$/);
      if (found) (ends[found[1]] = ends[found[1]] || [])[found[2]] = value;
      const both = key.match(/^(xaxis\d*)\.range$/);
      if (both) ends[both[1]] = value;
      if (/^xaxis\d*\.autorange$/.test(key)) return unzoom();
    }
    if (!Object.keys(ends).length) return;
    window_ = { ...window_, ...ends };
    if (times) draw();
  });

  function unzoom() {
    window_ = null;
    return draw();
  }

  let width = host.clientWidth;
  new ResizeObserver(() => { if (host.clientWidth && host.clientWidth !== width) { width = host.clientWidth; draw(); } }).observe(host);
  return {
    draw,
    unzoom,
    scale() { whole = !whole; window_ = null; draw(); return whole; },
  };
}
