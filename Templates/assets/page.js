// Says when the data are late, unfolds what an address leads to, and draws the canvases of a page from the JSON
// beside each. Everything drawn here also stands in a table.
(() => {
  "use strict";

  // The page carries the time from which on it is late; only the browser knows what time it is now.
  function tellLateness(due) {
    const hours = Math.floor((Date.now() - Date.parse(due.dataset.due)) / 3600000);
    if (!(hours >= 0)) return;
    const late = hours >= 2 ? span(hours) : "an hour or two";
    const since = due.querySelector(".due-plan time").textContent;
    due.querySelector(".due-late").textContent =
      "Late: the lists of " + since + " should have come " + late + " ago.";
    due.classList.add("is-late");
  }

  document.querySelectorAll("[data-due]").forEach(tellLateness);

  function span(hours) {
    const days = Math.floor(hours / 24);
    return days >= 730 ? Math.floor(days / 365) + " years" : days >= 2 ? days + " days" : hours + " hours";
  }

  // The hours in the reader's own time, and how long ago they ended: nothing that the text does not say.
  function tellOwnTime(place) {
    const [from, to] = [place.dataset.from, place.dataset.to].map((text) => new Date(text));
    const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
    const hours = Math.floor((Date.now() - to) / 3600000);
    const ago = hours >= 2 ? span(hours) + " ago" : hours >= 1 ? "an hour ago" : hours >= 0 ? "just now" : "";
    const own = from.getTimezoneOffset() === 0 ? "" : clock.format(from) + "–" + clock.format(to) + " where you are";
    place.textContent = [own, ago].filter(Boolean).join(", ");
  }

  document.querySelectorAll(".own").forEach(tellOwnTime);

  // A browser opens at most what an address leads into, and some do not even that.
  function unfold() {
    const target = document.getElementById(location.hash.slice(1));
    const fold = target && target.closest("details:not([open])");
    if (!fold) return;
    fold.open = true;
    target.scrollIntoView();
  }

  unfold();
  addEventListener("hashchange", unfold);

  // Nobody unfolds paper.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((one) => { one.open = false; }));

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const drawn = [];

  function palette(place) {
    // The value of a name holds both themes; a colour that is used is the one of now.
    const probe = place.appendChild(document.createElement("span"));
    const read = (name) => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    };
    const colors = {
      ink: read("--ink-soft"),
      line: read("--line"),
      paper: read("--paper"),
      gap: read("--gap"),
      unusual: read("--unusual"),
      tint: read("--tint, var(--water)"),
      series: [read("--series-1"), read("--series-2")],
    };
    probe.remove();
    return colors;
  }

  function options(colors, more) {
    return Object.assign({
      // What grows from nothing says what is not so, and the page has drawn it already.
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      plugins: {
        legend: {
          position: "bottom",
          labels: { color: colors.ink, usePointStyle: true, boxWidth: 8, boxHeight: 8 },
        },
        tooltip: { backgroundColor: colors.ink, titleColor: colors.paper, bodyColor: colors.paper },
      },
    }, more);
  }

  function scale(colors, more) {
    return Object.assign({
      ticks: Object.assign({ color: colors.ink }, more && more.ticks),
      grid: { color: (more && more.grid) || colors.line },
      beginAtZero: true,
    });
  }

  function bars(data, colors) {
    return {
      type: "bar",
      data: {
        labels: data.labels,
        datasets: data.series.map((series, index) => ({
          label: series.name,
          data: series.values,
          backgroundColor: colors.series[index],
          borderRadius: 2,
          categoryPercentage: 0.72,
          barPercentage: 0.92,
        })),
      },
      options: options(colors, {
        indexAxis: "y",
        scales: {
          x: scale(colors, { ticks: { precision: 0 } }),
          y: scale(colors, {
            grid: "transparent",
            ticks: {
              autoSkip: false,
              callback(value) {
                const label = Array.from(this.getLabelForValue(value));
                return label.length > 20 ? label.slice(0, 18).join("") + "…\u2069" : label.join("");
              },
            },
          }),
        },
      }),
    };
  }

  function moment(data, index) {
    const time = new Date(Date.parse(data.start) + index * data.step * 1000);
    const day = time.getUTCDate() + " " + months[time.getUTCMonth()];
    if (data.step > 86400) return day + " " + time.getUTCFullYear();
    return data.step < 86400 ? day + " " + time.toISOString().slice(11, 16) : day;
  }

  // Shades the slots that were not recorded, behind the lines.
  const gaps = (data, colors) => ({
    id: "gaps",
    beforeDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const width = scales.x.width / Math.max(1, scales.x.max - scales.x.min + 1);
      ctx.save();
      ctx.fillStyle = colors.gap;
      for (const index of data.gaps) {
        // To whole pixels, so that no seam is seen between two of them.
        const x = scales.x.getPixelForValue(index);
        const [start, end] = [x - width / 2, x + width / 2].map(Math.round);
        ctx.fillRect(start, chartArea.top, end - start, chartArea.bottom - chartArea.top);
      }
      ctx.restore();
    },
  });

  // As high as a count that nobody kept can have been.
  const bounds = (data, colors) => ({
    id: "bounds",
    beforeDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const width = scales.x.width / Math.max(1, scales.x.max - scales.x.min + 1);
      ctx.save();
      ctx.globalAlpha = 0.22;
      data.series.forEach((series) => {
        ctx.fillStyle = colors.tint;
        for (const [first, count, most] of series.bounds) {
          const start = Math.round(scales.x.getPixelForValue(first) - width / 2);
          const end = Math.round(scales.x.getPixelForValue(first + count - 1) + width / 2);
          const top = Math.max(chartArea.top, scales.y.getPixelForValue(most));
          ctx.fillRect(start, top, end - start, chartArea.bottom - top);
        }
      });
      ctx.restore();
    },
  });

  // From half to twice what is usual at that hour, and a level of what is usual now, which the page says in words.
  const usual = (data, colors) => ({
    id: "usual",
    beforeDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const width = scales.x.width / Math.max(1, scales.x.max - scales.x.min + 1);
      ctx.save();
      ctx.fillStyle = ctx.strokeStyle = colors.ink;
      for (const series of data.series) {
        ctx.globalAlpha = 0.16;
        for (const [index, value] of series.band || []) {
          const x = scales.x.getPixelForValue(index) - width / 2;
          const [low, high] = [value / 2, value * 2].map((end) => scales.y.getPixelForValue(end));
          ctx.fillRect(x, high, width, low - high);
        }
        ctx.globalAlpha = 1;
        if (series.usual == null) continue;
        const y = scales.y.getPixelForValue(series.usual);
        ctx.setLineDash([5, 5]);
        ctx.beginPath();
        ctx.moveTo(chartArea.left, y);
        ctx.lineTo(chartArea.right, y);
        ctx.stroke();
      }
      ctx.restore();
    },
  });

  // Says of the highest points when they were and how high they are, over the lines, so that it can be read.
  const peaks = (data, colors) => ({
    id: "peaks",
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      ctx.save();
      ctx.fillStyle = colors.ink;
      ctx.strokeStyle = colors.paper;
      ctx.lineWidth = 3;
      ctx.font = "600 0.85rem " + Chart.defaults.font.family;
      for (const series of data.series) {
        for (const [index, text] of series.peaks) {
          const x = scales.x.getPixelForValue(index);
          const y = scales.y.getPixelForValue(series.points.find((point) => point[0] === index)[1]) - 9;
          const half = ctx.measureText(text).width / 2;
          const start = Math.min(Math.max(x - half, chartArea.left + 2), chartArea.right - 2 * half);
          ctx.strokeText(text, start, y);
          ctx.fillText(text, start, y);
        }
      }
      ctx.restore();
    },
  });

  // Values by slot; where there is no point the line breaks.
  function spread(points, length) {
    const values = new Array(length).fill(null);
    for (const [index, value] of points) values[index] = value;
    return values;
  }

  function line(data, colors) {
    const length = data.count;
    const isPart = (series, index) => series.parts.includes(index);
    return {
      type: "line",
      data: {
        labels: Array.from({ length }, (_, index) => moment(data, index)),
        datasets: data.series.map((series) => ({
          label: series.name,
          data: spread(series.points, length),
          borderColor: colors.tint,
          backgroundColor: colors.tint,
          borderWidth: 2.5,
          // What was unusual is seen as such.
          // What was not read whole is a ring beside the line.
          pointBackgroundColor: (point) => isPart(series, point.dataIndex) ? colors.paper
            : (series.unusual || []).includes(point.dataIndex) ? colors.unusual : colors.tint,
          segment: {
            borderColor: ({ p0DataIndex, p1DataIndex }) =>
              isPart(series, p0DataIndex) || isPart(series, p1DataIndex) ? "transparent" : undefined,
          },
          pointBorderColor: (point) => (series.unusual || []).includes(point.dataIndex) ? colors.unusual : colors.tint,
          pointRadius: (point) => (series.unusual || []).includes(point.dataIndex) ? 5
            : isPart(series, point.dataIndex) ? 3 : length > 40 ? 1 : 2.5,
          spanGaps: false,
          tension: 0,
        })),
      },
      options: options(colors, {
        plugins: {
          legend: { display: false },
          tooltip: { backgroundColor: colors.ink, titleColor: colors.paper, bodyColor: colors.paper },
        },
        interaction: { mode: "nearest", intersect: false },
        scales: {
          x: Object.assign(scale(colors, {
            grid: "transparent",
            ticks: { maxRotation: 0, autoSkipPadding: 24 },
          }), { offset: true }),
          // No bound is cut off, and there is room above for labels.
          y: Object.assign(scale(colors, { ticks: { precision: 0 } }), {
            suggestedMax: Math.max(0, ...data.series.flatMap((series) =>
              [...series.bounds.map((run) => run[2]), ...(series.band || []).map((one) => 2 * one[1]), series.usual || 0,
                ...series.points.map((point) => 1.12 * point[1])])),
          }),
        },
      }),
      plugins: [gaps(data, colors), bounds(data, colors), usual(data, colors), peaks(data, colors)],
    };
  }

  function draw(canvas) {
    const data = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
    const colors = palette(canvas.parentElement);
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.locale = "en";
    canvas.parentElement.classList.add("is-drawn");
    drawn.push(new Chart(canvas, data.kind === "bars" ? bars(data, colors) : line(data, colors)));
  }

  function drawAll() {
    while (drawn.length) drawn.pop().destroy();
    document.querySelectorAll("canvas[data-chart]").forEach(draw);
  }

  // Chart.js is the heaviest part of a page and draws what can already be read: it comes after the first paint.
  function loadCharts() {
    const parts = document.importNode(document.getElementById("chart-script").content, true);
    parts.querySelector("script").addEventListener("load", () => {
      drawAll();
      dark.addEventListener("change", drawAll);
      document.addEventListener("theme", drawAll);
      // Paper is light.
      const root = document.documentElement;
      let chosen;
      addEventListener("beforeprint", () => {
        chosen = root.dataset.theme;
        root.dataset.theme = "light";
        drawAll();
      });
      addEventListener("afterprint", () => {
        if (chosen) root.dataset.theme = chosen;
        else delete root.dataset.theme;
        drawAll();
      });
    });
    parts.querySelector("script").addEventListener("error", () => {
      document.querySelectorAll("canvas[data-chart]").forEach((canvas) => {
        // Where the page has drawn the same, that stays.
        const figure = canvas.parentElement;
        if (figure.classList.contains("plot")) canvas.remove();
        else figure.remove();
      });
    });
    document.head.append(parts);
  }

  if (document.querySelector("canvas[data-chart]")) requestAnimationFrame(() => setTimeout(loadCharts));
})();
