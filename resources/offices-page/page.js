"use strict";
// The nearest offices, counted as the program counts them (desktop/domain/nearest.py, hours.py,
// place.py): nothing is asked of any network.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const DAY = 1440;
  const TEHRAN = 210; // minutes; no summer time since 1401
  const LOOKED_AHEAD = 400;
  const EARTH = 6371008.8; // metres
  const FIRST = 8, FURTHER = 20;
  const OLD_DAYS = 30;
  const SOON = 180; // minutes
  const THURSDAY = 5, AFTERNOON = 14 * 60;

  const day = (iso) => Date.UTC(...iso.split("-").map((n, i) => (i === 1 ? n - 1 : +n))) / 864e5;
  const persian = (text) => String(text).replace(/[0-9]/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[d]);
  const filled = (sentence, ...values) => {
    let next = 0;
    return sentence.replace(/\{\}/g, () => persian(values[next++]));
  };
  const holidays = new Set(data.holidays.map(day));
  for (const office of data.offices) {
    office.special = new Map(office.special.map(([on, spans]) => [day(on), spans]));
    office.terms = office.terms.map((of) => data.terms[of].map(([a, b]) => [day(a), b && day(b)]));
  }

  // When.

  const weekday = (on) => (on + 5) % 7; // from Saturday on
  const spansOn = (office, on) =>
    office.special.get(on) ?? (holidays.has(on) ? [] : office.week[weekday(on)]);

  // Until which minute since 1970, by Tehran's clock; null where it is shut.
  function openUntil(office, minute) {
    let on = Math.floor(minute / DAY);
    const clock = minute - on * DAY;
    const now = spansOn(office, on).find(([opens, closes]) => opens <= clock && clock < closes);
    if (!now) return null;
    let closes = now[1];
    for (let i = 0; i < LOOKED_AHEAD && closes >= DAY; i++) {
      const first = spansOn(office, on + 1)[0];
      if (!first || first[0] > 0) break;
      on += 1;
      closes = first[1];
    }
    return on * DAY + closes;
  }

  function nextOpening(office, minute) {
    const today = Math.floor(minute / DAY);
    for (let on = today; on < today + LOOKED_AHEAD; on++) {
      for (const [opens] of spansOn(office, on)) {
        const begins = on * DAY + opens;
        if (begins > minute && openUntil(office, begins - 1) === null) return begins;
      }
    }
    return null;
  }

  const holding = (terms, on) => terms.find(([since, until]) => since <= on && (until === null || on <= until));

  // The midnight after the last day of those that follow without a gap.
  function endOf(terms, on) {
    for (let term = holding(terms, on); term; term = holding(terms, on)) {
      if (term[1] === null) return Infinity;
      on = term[1] + 1;
    }
    return on * DAY;
  }

  // Where.

  function metres(one, other) {
    const radians = (degrees) => (degrees * Math.PI) / 180;
    const [lat, lon, toLat, toLon] = [...one, ...other].map(radians);
    const half = Math.sin((toLat - lat) / 2) ** 2
      + Math.cos(lat) * Math.cos(toLat) * Math.sin((toLon - lon) / 2) ** 2;
    return Math.round(2 * EARTH * Math.asin(Math.sqrt(half)));
  }

  function standing(office, service, place, minute) {
    const terms = office.terms[office.services.indexOf(service)];
    if (!terms) return null;
    const today = Math.floor(minute / DAY);
    const holds = holding(terms, today);
    const far = place && office.place ? metres(place, office.place) : null;
    const near = { office, far, until: null, opens: null };
    if (!office.week) return holds ? near : null;
    const until = holds ? openUntil(office, Math.floor(minute)) : null;
    if (until !== null) return { ...near, until: Math.min(until, endOf(terms, today)) };
    let opens = nextOpening(office, minute);
    // Whoever does it from the next day on is told of at every hour of this one.
    if (opens !== null && !holds && Math.floor(opens / DAY) === today) opens = nextOpening(office, (today + 1) * DAY - 1);
    if (opens === null) return holds ? near : null;
    return holding(terms, Math.floor(opens / DAY)) ? { ...near, opens } : null;
  }

  const rank = (near) => (near.until !== null ? 0 : near.opens !== null ? 1 : 2);
  const order = (one, other) =>
    rank(one) - rank(other) || (one.far === null) - (other.far === null)
    || (one.far ?? 0) - (other.far ?? 0) || (one.office.code < other.office.code ? -1 : 1);

  function nearest(service, place, minute, { open, stepFree, thursday }) {
    return data.offices
      .filter((office) => (!stepFree || office.stepFree) && (!thursday || isThursdayOpen(office, minute)))
      .map((office) => standing(office, service, place, minute))
      .filter((near) => near !== null && (!open || near.until !== null))
      .sort(order);
  }

  function isThursdayOpen(office, minute) {
    let on = Math.floor(minute / DAY);
    while (weekday(on) !== THURSDAY) on += 1;
    return Boolean(office.week) && spansOn(office, on).some(([, closes]) => closes > AFTERNOON);
  }

  // What a citizen writes.

  // As desktop/domain/persian.py folds: what a person sees stays, however it was typed.
  const ARABIC = { "ي": "ی", "ى": "ی", "ك": "ک" };
  const ALIKE = { "آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ة": "ه", "ۀ": "ه", "ە": "ه", "ؤ": "و", "ئ": "ی" };
  const plain = (text) =>
    text.replace(/[\u00ad\u061c\u0640\u200b\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, "")
      .replace(/[\u0000-\u001f\u007f-\u00a0\u2028\u2029]/g, " ")
      .replace(/[يىك]/g, (letter) => ARABIC[letter])
      .replace(/[۰-۹٠-٩]/g, (digit) => digit.charCodeAt(0) & 15);
  const clean = (text) =>
    plain(plain(text).normalize("NFC").replace(/[\ufb50-\ufdff\ufe70-\ufefc]/g, (form) => form.normalize("NFKC")))
      .normalize("NFC").replace(/\s+/g, " ")
      .replace(/ ?\u200c[ \u200c]*/g, (half) => (half.includes(" ") ? " " : "\u200c"))
      .replace(/^[ \u200c]+|[ \u200c]+$/g, "");
  const fold = (text) =>
    clean(text).toLowerCase().replace(/\p{Mn}/gu, "")
      .replace(/[آأإٱةۀەؤئ]/g, (letter) => ALIKE[letter]).replace(/[ء\u200c _-]/g, "");
  const NEIGHBOURHOOD = fold(data.kinds[0]);
  const keyOf = (kind, text) => {
    const folded = fold(text);
    const without = folded.startsWith(NEIGHBOURHOOD) ? folded.slice(NEIGHBOURHOOD.length) : folded;
    return kind === 0 && without ? without : folded;
  };

  // Gives a place, or words that tell what is wrong, with a name that may be meant.
  function resolve(typed) {
    const text = clean(typed);
    if (!text) return { place: null };
    const point = text.match(/^(\d{1,3}\.\d{2,})[^\d]+(\d{1,3}\.\d{2,})$/);
    if (point) {
      const found = [+point[1], +point[2]];
      return isInCity(found) ? { place: found } : { wrong: data.words.outside };
    }
    const digits = text.replace(/[\s-]/g, "");
    if (/^\d{5,10}$/.test(digits)) return byPostalCode(digits);
    const known = data.places.find((place) => place.key === keyOf(place.kind, text));
    if (known) return { place: known.place };
    const meant = alike(text);
    if (!meant) return { wrong: filled(data.words.unknown, data.kinds.join(" یا "), text) };
    return { wrong: filled(data.words.perhaps, data.kinds[meant.kind], text, meant.name), meant: meant.name };
  }

  function isInCity([lat, lon]) {
    if (!data.bounds) return true;
    const [south, north, west, east] = data.bounds;
    return south <= lat && lat <= north && west <= lon && lon <= east;
  }

  function byPostalCode(code) {
    let best = "", found = null;
    for (const place of data.places) {
      for (const begins of place.postal) {
        if (code.startsWith(begins) && begins.length > best.length) [best, found] = [begins, place];
      }
    }
    return found ? { place: found.place } : { wrong: filled(data.words.postal, code.slice(0, 4)) };
  }

  // As desktop/domain/city_places.py and likeness.py find it.
  function alike(text) {
    if (fold(text).length < 2) return null;
    const words = text.split(" ").map(fold), telling = words.filter((word) => word !== NEIGHBOURHOOD);
    const asked = telling.length ? telling : words;
    const whole = data.places.find((place) => asked.every((word) => fold(place.name).includes(word)));
    if (whole) return whole;
    let found = null, fewest = 0;
    for (const place of data.places) {
      const typed = keyOf(place.kind, text), count = slips(typed, place.key);
      if (count <= Math.floor(typed.length / 3) && (!found || count < fewest)) [found, fewest] = [place, count];
    }
    return found;
  }

  // How many letters are wrong, missing or too many, or stand in their neighbour's place.
  function slips(typed, known) {
    let earlier = [], before = Array.from({ length: known.length + 1 }, (_, at) => at);
    for (let i = 0; i < typed.length; i++) {
      const here = [i + 1];
      for (let j = 0; j < known.length; j++) {
        let least = Math.min(before[j + 1] + 1, here[j] + 1, before[j] + (typed[i] !== known[j]));
        if (i && j && typed[i] === known[j - 1] && typed[i - 1] === known[j]) least = Math.min(least, earlier[j - 1] + 1);
        here.push(least);
      }
      [earlier, before] = [before, here];
    }
    return before[known.length];
  }

  // In words.

  const clock = (minute) => {
    const of = ((minute % DAY) + DAY) % DAY;
    return persian(`${Math.floor(of / 60)}:${String(of % 60).padStart(2, "0")}`);
  };
  const dayMonth = new Intl.DateTimeFormat("fa-IR-u-ca-persian", { day: "numeric", month: "long", timeZone: "UTC" });
  const longDay = (on) => `${data.weekdays[weekday(on)]} ${dayMonth.format(new Date(on * 864e5))}`;
  const spansWords = (spans) =>
    spans.map(([opens, closes]) => `${clock(opens)} تا ${closes === DAY ? persian("24:00") : clock(closes)}`).join(" و ") || data.words.shut;

  function distanceWords(far) {
    if (far === null) return data.words.no_place;
    const tens = Math.floor((far + 5) / 10) * 10;
    if (tens < 1000) return filled(data.words.metres, tens);
    const hundreds = Math.floor((far + 50) / 100);
    return filled(data.words.kilometres, `${Math.floor(hundreds / 10)}٫${hundreds % 10}`);
  }

  function openingWords(near, minute) {
    const today = Math.floor(minute / DAY), midnight = (today + 1) * DAY;
    if (near.until !== null) {
      if (near.until >= midnight + DAY) return data.words.always;
      const words = near.until <= midnight ? data.words.open : data.words.open_tomorrow;
      return filled(words, near.until === midnight ? "24:00" : clock(near.until));
    }
    if (near.opens === null) return data.words.untold;
    const on = Math.floor(near.opens / DAY), ahead = on - today;
    if (ahead < 2) return filled(data.words[ahead ? "tomorrow" : "today"], clock(near.opens));
    const named = ahead < 7 ? data.weekdays[weekday(on)] : dayMonth.format(new Date(on * 864e5));
    return filled(data.words.on, named, clock(near.opens));
  }

  function unusualDays(office, minute) {
    const today = Math.floor(minute / DAY), told = [];
    for (let on = today; office.week && on < today + 7; on++) {
      const spans = spansOn(office, on);
      if (String(spans) !== String(office.week[weekday(on)])) told.push(`${longDay(on)}: ${spansWords(spans)}`);
    }
    return told;
  }

  // On the page.

  const SVG = "http://www.w3.org/2000/svg";
  function made(name, attributes = {}, ...inside) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  }
  function drawn(name, attributes, words) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (words !== undefined) element.textContent = words;
    return element;
  }
  function icon(name) {
    const svg = drawn("svg", { class: "icon", "aria-hidden": "true" });
    svg.append(drawn("use", { href: `#i-${name}` }));
    return svg;
  }

  let place = null, found = [], shown = FIRST, opened = 0, minute = 0, told = "", printing = false;

  const isSoon = (near) => near.until !== null && near.until - minute < SOON;

  function card(near, number) {
    const { office } = near, isOpen = printing || number === opened;
    const item = made("li", { "data-code": office.code, ...(isOpen ? { class: "open" } : {}) });
    const tone = near.until === null ? "" : isSoon(near) ? " pay" : " ok";
    const hours = made("span", { class: `hours${tone}` }, icon(tone === " ok" ? "clock-check" : "clock"), openingWords(near, minute));
    const button = made("button", { class: "office", type: "button", "aria-expanded": isOpen },
      made("span", { class: "disc" }, persian(number + 1)),
      made("span", { class: "name" }, office.name),
      made("span", { class: "far" }, place ? distanceWords(near.far) : ""),
      made("span", { class: "second" }, office.address), hours);
    button.addEventListener("click", () => { opened = number; show(); focusOn(number); });
    item.append(button);
    if (isOpen) item.append(details(near));
    return item;
  }

  function details(near) {
    const { office } = near, more = made("div", { class: "more" });
    if (office.phone) {
      more.append(made("span", { class: "line phone" }, icon("phone"), made("a", { href: `tel:${office.dial}` }, office.phone)));
    }
    more.append(made("span", { class: "line" }, office.hours));
    if (office.stepFree) more.append(made("span", { class: "line" }, data.words.entrance));
    for (const words of unusualDays(office, minute)) more.append(made("span", { class: "line unusual" }, words));
    const acts = made("div", { class: "acts" });
    if (office.dial) acts.append(made("a", { class: "key main", href: `tel:${office.dial}` }, icon("phone"), "تماس"));
    if (office.place) {
      const [lat, lon] = office.place;
      acts.append(made("a", { class: "key", href: `geo:${lat},${lon}?q=${lat},${lon}` }, icon("map-pin"), "مسیر"));
    }
    more.append(acts);
    return more;
  }

  function focusOn(number) {
    const button = at("found").children[number]?.querySelector("button");
    if (button) button.focus();
  }

  function show() {
    const room = printing ? found.length : shown;
    at("found").replaceChildren(...found.slice(0, room).map(card));
    const rest = Math.max(0, found.length - room);
    at("more").hidden = !rest;
    at("more").querySelector("span").textContent = filled(data.words.others, rest);
    draw();
  }

  function look(kept = {}) {
    minute = Date.now() / 60000 + TEHRAN;
    const service = +at("service").value;
    const asked = { open: at("open").checked, stepFree: at("step-free").checked, thursday: at("thursday").checked };
    found = nearest(service, place, minute, asked);
    const none = found.length ? "" : nothing(service, asked);
    const now = none || found.map((near) => [near.office.code, openingWords(near, minute), isSoon(near)]).join();
    at("old").hidden = Math.floor(minute / DAY) - day(data.day) <= OLD_DAYS;
    if (kept.told === now) return;
    told = now;
    shown = kept.shown ?? FIRST;
    opened = Math.max(0, found.findIndex((near) => near.office === kept.opened));
    const title = data.services[service].title;
    const state = asked.open ? "{} دفتر باز برای {}" : "{} دفتر برای {}";
    at("count").textContent = found.length ? filled(`${state}${place ? "، از نزدیک به دور" : ""}`, found.length, title) : "";
    at("none").hidden = !none;
    at("none").textContent = none;
    at("bring-for").textContent = `برای ${title} با خود بیاورید`;
    at("bring").replaceChildren(...data.services[service].papers.map((words) => made("p", {}, words)));
    show();
  }

  // Time goes on while the page stands: what one has opened stays open, and the keys where they are.
  function goOn() {
    if (document.hidden || printing) return;
    const items = [...at("found").children];
    const held = found[items.findIndex((item) => item.contains(document.activeElement))];
    const before = told;
    look({ told, shown, opened: found[opened] && found[opened].office });
    if (held && told !== before) focusOn(found.findIndex((near) => near.office === held.office));
  }

  function nothing(service, asked) {
    const shut = nearest(service, place, minute, { ...asked, open: false }).filter((near) => near.opens !== null);
    const [first] = shut.sort((one, other) => one.opens - other.opens || order(one, other));
    if (!first) return data.words.nobody;
    return `${data.words.nobody_now} ${filled(data.words.first, first.office.name, openingWords(first, minute))}`;
  }

  function tell(words, meant) {
    at("wrong").replaceChildren(words || "");
    at("place").setAttribute("aria-invalid", Boolean(words));
    if (!meant) return;
    const button = made("button", { class: "key quiet", type: "button" }, icon("map-pin"), meant);
    button.addEventListener("click", () => { at("place").value = meant; go(); });
    at("wrong").append(button);
  }

  function go() {
    const answer = resolve(at("place").value);
    tell(answer.wrong, answer.meant);
    // What was found near to another place says nothing of this one.
    place = answer.place ?? null;
    look();
  }

  function locate() {
    const refused = () => tell("موقعیت شما در دسترس نیست؛ محله را بنویسید.");
    if (!navigator.geolocation) return refused();
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const here = [coords.latitude, coords.longitude];
      if (!isInCity(here)) return tell(data.words.outside);
      place = here;
      at("place").value = "";
      tell("");
      look();
    }, refused, { timeout: 10000, maximumAge: 60000 });
  }

  // The sketch: north above, one scale both ways.

  const WIDE = 480, HIGH = 350, DEGREE = 111195; // metres of a degree of latitude
  function draw() {
    const map = at("map");
    map.setAttribute("viewBox", `0 0 ${WIDE} ${HIGH}`);
    const numbered = found.slice(0, shown);
    const sheet = sheetOf(numbered);
    if (!sheet) return map.replaceChildren();
    const { xy, metre } = sheet;
    const path = (line) => line.map((corner) => xy(corner).map((n) => n.toFixed(1)).join(",")).join(" ");
    const parts = [drawn("rect", { class: "ground", width: WIDE, height: HIGH })];
    for (const ring of data.outline.rings) parts.push(drawn("polygon", { class: "city", points: path(ring) }));
    for (const border of data.outline.borders) parts.push(drawn("polyline", { class: "border", points: path(border) }));
    const doing = new Set(found.filter((near) => near.until !== null).map((near) => near.office));
    const withNumber = new Map(numbered.map((near, number) => [near.office, number]));
    // What lies where: no name is written over it.
    const taken = [[0, 0, 48, 52], [0, HIGH - 40, WIDE / 4 + 24, HIGH]];
    const take = (x, y, across, down) => taken.push([x - across, y - down, x + across, y + down]);
    for (const office of data.offices) {
      if (!office.place || withNumber.has(office)) continue;
      const [cx, cy] = xy(office.place);
      parts.push(drawn("circle", { class: doing.has(office) ? "ring" : "dot", cx, cy, r: 4 }));
      take(cx, cy, 5, 5);
    }
    if (place) {
      const [x, y] = xy(place);
      parts.push(drawn("path", { class: "pin", d: `M${x},${y} l-8,-14 a9,9 0 1 1 16,0 z` }));
      take(x, y - 14, 11, 16);
    }
    // Numbers are what one looks for: they lie over all else, and beside each other.
    for (const { number, at: [cx, cy] } of apart(withNumber, xy).reverse()) {
      const open = number === opened ? " open" : "";
      parts.push(drawn("circle", { class: `number${open}`, cx, cy, r: 11 }));
      parts.push(drawn("text", { class: `digit${open}`, x: cx, y: cy + 4 }, persian(number + 1)));
      take(cx, cy, 12, 12);
    }
    if (place) parts.push(...names(xy, taken));
    parts.push(...frame(metre));
    map.replaceChildren(...parts);
  }

  const NUMBER = 24; // as wide as a number with its ring
  function apart(withNumber, xy) {
    const put = [];
    for (const [office, number] of withNumber) {
      if (!office.place) continue;
      let [x, y] = xy(office.place);
      for (const { at: [otherX, otherY] } of put) {
        const far = Math.hypot(x - otherX, y - otherY);
        if (far >= NUMBER) continue;
        // Two at the same place have no direction to go apart.
        const [right, down] = far ? [(x - otherX) / far, (y - otherY) / far] : [1, 0];
        [x, y] = [otherX + right * NUMBER, otherY + down * NUMBER];
      }
      put.push({ number, at: [x, y] });
    }
    return put;
  }

  // Each name as near to its place as it can be; one without room is left out.
  function names(xy, taken) {
    const written = [];
    const near = data.places.filter((each) => each.kind === 0)
      .sort((one, other) => metres(place, one.place) - metres(place, other.place));
    for (const each of near) {
      const [x, y] = xy(each.place), across = each.name.length * 3.4 + 2;
      for (const [right, down] of [[0, 16], [0, -10], [across + 10, 4], [-across - 10, 4], [0, 28], [0, -22]]) {
        const box = [x + right - across, y + down - 11, x + right + across, y + down + 4];
        const inside = box[0] > 0 && box[1] > 0 && box[2] < WIDE && box[3] < HIGH;
        const free = taken.every((other) =>
          box[2] < other[0] || other[2] < box[0] || box[3] < other[1] || other[3] < box[1]);
        if (!inside || !free) continue;
        taken.push(box);
        written.push(drawn("text", { x: x + right, y: y + down }, each.name));
        break;
      }
    }
    return written;
  }

  function sheetOf(numbered) {
    let middle, down;
    if (place) {
      const far = Math.max(800, ...numbered.map((near) => (near.far ?? 0) * 1.25));
      [middle, down] = [place, HIGH / 2 / (Math.min(far, 6000) / DEGREE)];
    } else {
      const corners = data.outline.rings.flat();
      if (!corners.length) return null;
      const [lats, lons] = [0, 1].map((i) => corners.map((corner) => corner[i]));
      const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lons), Math.max(...lons)];
      middle = [(south + north) / 2, (west + east) / 2];
      const squeeze = Math.cos((middle[0] * Math.PI) / 180);
      down = Math.min((HIGH - 28) / (north - south), (WIDE - 28) / ((east - west) * squeeze));
    }
    const across = down * Math.cos((middle[0] * Math.PI) / 180);
    const xy = ([lat, lon]) => [WIDE / 2 + (lon - middle[1]) * across, HIGH / 2 - (lat - middle[0]) * down];
    return { xy, metre: down / DEGREE };
  }

  function frame(metre) {
    let long = 1;
    for (const step of [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000]) {
      if (step * metre <= WIDE / 4) long = step;
    }
    const width = long * metre, y = HIGH - 10;
    const words = long >= 1000 ? `${persian(long / 1000)} کیلومتر` : `${persian(long)} متر`;
    const room = Math.max(width, 70) + 12;
    return [
      drawn("rect", { class: "ground", x: 4, y: HIGH - 36, width: room, height: 32 }),
      drawn("text", { x: 4 + room / 2, y: HIGH - 20 }, words),
      drawn("path", { class: "bar", d: `M10,${y - 4} v4 h${width} v-4` }),
      drawn("rect", { class: "ground", x: 4, y: 4, width: 40, height: 44 }),
      drawn("path", { class: "bar", d: "M24,26 v-16 m-5,6 l5,-6 l5,6" }),
      drawn("text", { x: 24, y: 42 }, "شمال"),
    ];
  }

  // Keys and the rest.

  at("ask").addEventListener("submit", (event) => { event.preventDefault(); go(); });
  at("place").addEventListener("change", go);
  at("here").addEventListener("click", locate);
  for (const id of ["service", "open", "thursday", "step-free"]) at(id).addEventListener("change", () => look());
  at("more").addEventListener("click", () => { const first = shown; shown += FURTHER; show(); focusOn(first); });
  at("print").addEventListener("click", () => window.print());
  window.addEventListener("beforeprint", () => { printing = true; show(); });
  window.addEventListener("afterprint", () => { printing = false; show(); });
  at("found").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = event.target.closest("li");
    if (!step || !item) return;
    event.preventDefault();
    const beside = step > 0 ? item.nextElementSibling : item.previousElementSibling;
    if (beside) beside.querySelector("button").focus();
  });
  at("parts").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    document.body.dataset.part = button.dataset.part;
    for (const each of at("parts").children) each.setAttribute("aria-pressed", each === button);
  });
  at("finder").hidden = false;
  at("parts").hidden = false;
  at("all").open = false;
  look();
  setInterval(goOn, 60000);
  document.addEventListener("visibilitychange", goOn);
})();
