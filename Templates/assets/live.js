// Shows what goes on now, from live.json, as long as somebody follows: what is old is not shown.
(() => {
  "use strict";

  const place = document.querySelector("[data-live]");
  const said = document.querySelector(".live-said");
  const fresh = 180000;
  const most = 6;
  let shown = "";
  let leader = "";
  let lastSaid = 0;
  // The server's clock less the reader's, which may be wrong.
  let skew = 0;
  let timer;

  const now = () => Date.now() + skew;
  const number = (count) => Math.round(count).toLocaleString("en");
  const people = (count) => number(count) + (count === 1 ? " person" : " people");

  function element(name, className, ...parts) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...parts);
    return made;
  }

  function hashtag(entry) {
    const name = element("bdi", "", "#" + entry.spelling);
    // A page that the site has made, below itself.
    if (!entry.page || !/^tags\/[^/]+\/$/.test(entry.page)) return name;
    const link = element("a", "", name);
    link.href = entry.page.split("/").map(encodeURIComponent).join("/");
    return link;
  }

  function usual(entry) {
    return entry.expected == null ? "" : entry.expected < 0.5 ? ", usually hardly any by now"
      : ", usually " + number(entry.expected) + " by now";
  }

  // Of a story the strongest stands for the others, which stand behind it.
  function trends(source) {
    const all = source.trending || [];
    const parts = new Map();
    for (const story of source.stories || []) for (const tag of story.slice(1)) parts.set(tag, story[0]);
    return all.filter((entry) => !parts.has(entry.tag)).slice(0, most).map((entry) => {
      const item = element("li", "", hashtag(entry), " ", element("span", "soft", people(entry.accounts) + usual(entry)));
      const others = all.filter((other) => parts.get(other.tag) === entry.tag);
      if (others.length) item.append(element("span", "soft", "; with "));
      others.forEach((other) => item.append(hashtag(other), " "));
      return item;
    });
  }

  function curve(posts, label) {
    const space = "http://www.w3.org/2000/svg";
    const drawing = document.createElementNS(space, "svg");
    const path = document.createElementNS(space, "path");
    const highest = Math.max(1, ...posts);
    const points = posts.map((count, index) =>
      (index * 200 / Math.max(1, posts.length - 1)).toFixed(1) + " " + (30 - 28 * count / highest).toFixed(1));
    path.setAttribute("d", "M" + points.join("L"));
    for (const [name, value] of [["viewBox", "0 0 200 32"], ["class", "live-curve"], ["role", "img"], ["aria-label", label],
      ["preserveAspectRatio", "none"]]) drawing.setAttribute(name, value);
    drawing.append(path);
    return drawing;
  }

  function list(heading, title, items, none) {
    const head = element(heading, "", title);
    return element("div", "", head, items.length ? element("ol", "", ...items) : element("p", "soft", none));
  }

  // Of the stretches that have been read whole: what is half read would look like a fall.
  function whole(source, slot) {
    const step = 1000 * (source.curve || {}).step;
    const [first, last] = [source.start, source.end].map((time) => (Date.parse(time) - Date.parse(slot)) / step);
    return step ? source.curve.posts.slice(Math.ceil(first), Math.max(0, Math.floor(last))) : [];
  }

  function part(source, slot, hasSeveral) {
    const box = element("div", "live-source");
    const heading = hasSeveral ? "h4" : "h3";
    const title = element("bdi", "", source.title);
    const read = element("p", "soft", number(source.posts) + (source.posts === 1 ? " post by " : " posts by ") + people(source.accounts));
    if (hasSeveral) box.append(element("h3", "", title));
    else read.append(" on ", title);
    // Not each source can be read from the beginning.
    const from = source.start === slot ? "" : "from " + source.start.slice(11, 16) + " ";
    read.append(", " + from + (from ? "to " : "up to ") + source.end.slice(11, 16) + " UTC");
    box.append(read);
    const posts = whole(source, slot);
    if (posts.length > 1) box.append(curve(posts, "Posts in each five minutes, up to " + number(Math.max(...posts))));
    box.append(element("div", "live-pair", list(heading, "Unusual", trends(source), source.trending
      ? "Nothing: no hashtag has many more people than usual."
      : "What is unusual can be told once a few days have been recorded."),
    list(heading, "Popular", (source.popular || []).slice(0, most).map((entry) =>
      element("li", "", hashtag(entry), " ", element("span", "soft", people(entry.accounts)))), "Nothing: no hashtag yet.")));
    return box;
  }

  function show(live) {
    const lists = place.querySelector(".live-lists");
    const sources = live.sources.filter((source) => source.accounts > 0);
    if (!sources.length) return hide();
    // Whoever is on a link there stays on it.
    if (lists.contains(document.activeElement)) return;
    const passed = live.minutes < 60 ? live.minutes + " min" : Math.floor(live.minutes / 60) + " h " + live.minutes % 60 + " min";
    place.querySelector(".live-when").textContent =
      live.slot.slice(11, 16) + "–" + live.slotEnd.slice(11, 16).replace("00:00", "24:00") + " UTC, " + passed + " so far";
    lists.replaceChildren(...sources.map((source) => part(source, live.slot, sources.length > 1)));
    place.hidden = false;
    tell(sources);
  }

  // Only what is new at the top is said, and not all the time.
  function tell(sources) {
    const first = sources.flatMap((source) => source.trending || []).sort((one, other) => other.score - one.score)[0]
      || (sources[0].popular || [])[0];
    if (!first || first.tag === leader || Date.now() - lastSaid < 300000) return;
    leader = first.tag;
    lastSaid = Date.now();
    said.textContent = "Right now: #" + first.spelling + ", " + people(first.accounts) + usual(first) + ".";
  }

  function hide() {
    place.hidden = true;
    said.textContent = leader = "";
  }

  async function ask() {
    clearTimeout(timer);
    let pause = 30000;
    try {
      const answer = await fetch(place.dataset.live, { cache: "no-cache", credentials: "omit" });
      if (answer.ok) {
        const date = Date.parse(answer.headers.get("Date"));
        // A cache between may have kept it for a while.
        if (date) skew = date + 1000 * (Number(answer.headers.get("Age")) || 0) - Date.now();
        const live = await answer.json();
        const age = now() - Date.parse(live.generated);
        // One from the future is of a wrong clock.
        if (live.version !== 1 || !(Math.abs(age) < fresh)) {
          hide();
          pause = 60000;
        } else {
          const isNew = live.generated !== shown;
          shown = live.generated;
          show(live);
          // The next one is written a moment after it is due.
          const due = Date.parse(live.next) - now();
          pause = due > 0 ? due + 1000 : isNew || age < 90000 ? 2000 : 15000;
        }
      } else {
        hide();
        pause = 60000;
      }
    } catch {
      if (shown && now() - Date.parse(shown) > fresh) hide();
    }
    if (!document.hidden) timer = setTimeout(ask, Math.min(pause, 90000));
  }

  if (!place) return;
  // Nobody looks: nothing is asked.
  document.addEventListener("visibilitychange", () => document.hidden ? clearTimeout(timer) : ask());
  if (!document.hidden) ask();
})();
