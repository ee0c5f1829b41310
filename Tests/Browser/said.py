"""What the pages of a site should say, worked out of its archive: all that holds a digit."""

import datetime
import re

from recount import Archive, HOUR, PERIOD, moment_of, shown
from wording import MONTHS, REASONS, clock, count, day, duration, hours, long, moment, people, percent, rounded, short, status


class Site:
    def __init__(self, folder):
        self.folder, self.archive = folder, Archive(folder + "/data")

    # Parts of pages

    def stay(self, slot, source, key):
        before, old, streak = self.archive.moves["top", slot, source, key]
        if before is None:
            return ""
        if streak > 1:
            return f"in the top ten of {streak:,} lists in a row"
        return f"last in the top ten {short(old[0])}" if old else "in the top ten for the first time"

    def reason(self, row):
        said = people(int(row["accounts"]))
        if not row["expected"]:
            return said
        is_bound, expected = row.get("bounds") != "0", float(row["expected"])
        if expected < (1.5 if is_bound else 0.5):
            return said + ", hardly seen at this hour"
        return f"{said}, usually {'at most ' if is_bound else ''}{rounded(row['expected'])} at this hour"

    def moved(self, kind, slot, source, row):
        before, old, _ = self.archive.moves[kind, slot, source, row["tag"]]
        if before is None:
            return "first"
        if not old:
            return "● new"
        if old[0] != before:
            return "↺ back"
        # Its place among hashtags is none among stories.
        if kind == "trending":
            return "→ stays"
        places = old[1] - int(row["rank"])
        return "= same" if places == 0 else f"▲ up {places}" if places > 0 else f"▼ down {-places}"

    def listed(self, kind, slot, source):
        """The rows of a list with their notes."""
        lists = self.archive.top if kind == "top" else self.archive.trending
        for row in lists.get((slot, source), []):
            note = self.stay(slot, source, row["tag"]) if kind == "top" else self.reason(row)
            yield row, self.archive.name(row["tag"]), note

    def numbered(self, kind, slot, source):
        """With their places; what trends is numbered anew."""
        for number, line in enumerate(self.listed(kind, slot, source), 1):
            yield line[0]["rank"] if kind == "top" else str(number), line

    def ranking(self, slot, source):
        for kind in ("top", "trending"):
            for rank, (row, name, note) in self.numbered(kind, slot, source):
                cells = [rank, name + note,
                         f"{int(row['accounts']):,}", f"{int(row['posts']):,}", self.moved(kind, slot, source, row)]
                yield squeezed(" | ".join(cells))

    def sparks(self, slot, source):
        """What the lines beside a list say: what lists and tails know of the last periods."""
        slots = [slot - step * PERIOD for step in range(28) if slot - step * PERIOD >= self.archive.first]
        read = [one for one in slots if (one, source) in self.archive.read]
        counts = {}
        for one in read:
            for lists in (self.archive.tails, self.archive.trending, self.archive.top):
                for row in lists.get((one, source), []):
                    counts.setdefault(row["tag"], {})[one] = int(row["accounts"])
        for kind in ("top", "trending"):
            for row, _, _ in self.listed(kind, slot, source):
                known = counts[row["tag"]].values()
                ends = [f"{end:,}" for end in sorted({min(known), max(known)})]
                said = f"The last {count(len(slots), 'period', 'periods')}: known in {len(known)}, {' to '.join(ends)} {'person' if max(known) == 1 else 'people'}"
                missing = len(slots) - len(read)
                events = sum(1 for one in read for event in self.archive.trending.get((one, source), []) if event["tag"] == row["tag"])
                said += f", unusual in {events}" if events else ""
                yield said + (f", {missing} not recorded" if missing else "")

    def merged(self, slot):
        """The list of all sources, as a table and as a digest."""
        names = [source for source in self.archive.sources if (slot, source) in self.archive.read]
        yield f"{moment(slot)} UTC, {', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else ""
        for rank, (tag, share, counts) in enumerate(self.archive.merged(slot), 1):
            name, mean = self.archive.name_at(tag, slot), f"{100 * share + 1e-9:.2f}%"
            known = " ".join(f"{value:,} {source}" for source, value in counts)
            yield f"{rank} | {name} | {known} | {mean}"
            yield f"{rank} {name} {mean} of people"

    def bars(self, slot, source):
        """What the title of a list's bars finds."""
        listed = self.archive.top.get((slot, source), [])
        rows = [row for row in listed if row["expected"]]
        if not rows:
            said = "Hardly anyone wrote one of them twice"
            counted = [row for row in listed if int(row["accounts"])]
            if counted:
                most = max(counted, key=lambda row: (int(row["posts"]) / int(row["accounts"]), -int(row["rank"])))
                ratio = int(most["posts"]) / int(most["accounts"])
                if ratio >= 1.05:
                    said = f"{self.archive.name(most['tag'])} has {ratio:.1f} posts a person, the most"
            yield from (said, said + " the popular ones, by people")
            return
        found = max(rows, key=lambda row: (int(row["accounts"]) / max(0.5, float(row["expected"])), -int(row["rank"])))
        times = self.times_usual(found)
        if times:
            least = "" if found.get("bounds") == "0" else "at least "
            yield (f"{self.archive.name(found['tag'])} has {least}{times} times as many people as usual "
                   "the popular ones, by people")
            yield f"{self.archive.name(found['tag'])} has {least}{times} times as many people as usual"

    def digest(self, slot, source):
        for kind in ("top", "trending"):
            for rank, (row, name, note) in self.numbered(kind, slot, source):
                yield squeezed(f"{rank} {name} {note} {people(int(row['accounts']))}")

    def facts(self, slot, source):
        row = self.archive.windows[slot, source]
        start, end = moment_of(row["start"]), moment_of(row["end"])
        yield f"Read (UTC){clock(start)}–{clock(end, True)} {duration(int((end - start).total_seconds()))}"
        yield f"What was read {people(int(row['accounts']))}, {count(int(row['posts']), 'post', 'posts')}"
        yield f"Share of the time meant{percent(float(row['coverage']))}"
        yield f"Authors{people(int(row['accounts']))}"
        yield f"Counted{count(int(row['posts']), 'post', 'posts')} {int(row['tagged']):,} with a hashtag"
        yield f"In them{count(int(row['tags']), 'hashtag', 'hashtags')}"
        if int(row.get("held") or 0):
            yield f"Left out of lists{int(row['held']):,}"
        dropped = int(row["dropped"])
        parts = [f"Left out{dropped:,} {'record' if dropped == 1 else 'records'}"]
        pairs = [part.split("=") for part in (row.get("reasons") or "").split()]
        for name, value in sorted(pairs, key=lambda pair: (-int(pair[1]), pair[0])):
            one, many = REASONS.get(name, (name.replace("_", " "),) * 2)
            parts.append(f"{int(value):,} {one if int(value) == 1 else many}")
        yield " ".join(parts)

    def window_parts(self, slot, source):
        row = self.archive.windows[slot, source]
        yield status(row)
        yield f"{moment(slot)} UTC"
        yield f"{moment(slot)} UTC {status(row)}"
        if row.get("note"):
            yield row["note"]
        yield from self.ranking(slot, source)
        yield from self.bars(slot, source)
        yield from self.facts(slot, source)

    def steps(self, labels):
        for label in labels:
            yield f"← {label}"
            yield f"{label} →"

    # Pages

    def window(self, slot):
        yield f"{moment(slot)} UTC"
        yield from self.neighbours(slot)
        yield from self.merged(slot)
        begun = [source for source in self.archive.sources if self.archive.begun[source] <= slot]
        for row, source in self.archive.stories([(slot, source) for source in begun]):
            where = f" on {source}" if len(begun) > 1 else ""
            yield f"{self.archive.name(row['tag'])} stands out{where}: {self.reason(row)}."
            break
        for source in self.archive.sources:
            if (slot, source) in self.archive.read:
                yield from self.window_parts(slot, source)

    def neighbours(self, slot):
        place = self.archive.slots.index(slot)
        near = self.archive.slots[max(0, place - 1):place] + self.archive.slots[place + 1:place + 2]
        yield from self.steps(map(short, near))
        yield f"Archive{slot.year}{MONTHS[slot.month - 1]}{slot.day} {MONTHS[slot.month - 1][:3]}"

    def slots_of(self, date):
        midnight = datetime.datetime(date.year, date.month, date.day)
        due = {midnight + place * PERIOD for place in range(4)}
        known = {slot for slot in self.archive.slots if slot.date() == date}
        return sorted(slot for slot in due | known if self.archive.first <= slot <= self.archive.last)

    def is_over(self, date):
        return self.archive.last + PERIOD >= datetime.datetime(date.year, date.month, date.day) + 24 * HOUR

    def day(self, date):
        yield f"{day(date)} {date:%A}"
        for step in (-1, 1):
            near = date + datetime.timedelta(step)
            yield from self.steps([f"{near.day} {MONTHS[near.month - 1][:3]}"])
        yield f"Archive{date.year}{MONTHS[date.month - 1]}"
        if not self.is_over(date):
            yield f"The day so far, up to {hours(self.archive.last)[-5:]} UTC."
        midnight = datetime.datetime(date.year, date.month, date.day)
        yield from self.told(midnight, midnight + 24 * HOUR)
        yield self.always(midnight - 6 * 24 * HOUR, midnight + 24 * HOUR)
        yield from self.tide(self.slots_of(date), self.archive.sources)
        for slot in self.slots_of(date):
            read = [(slot, source) for source in self.archive.sources if (slot, source) in self.archive.read]
            yield f"{hours(slot)} {self.archive.leaders(read) if read else 'not recorded'}"
            yield f"{hours(slot)} UTC by itself"
            yield from self.merged(slot)
            for source in self.archive.sources:
                row = self.archive.windows.get((slot, source))
                if (slot, source) not in self.archive.read:
                    continue
                yield f"{source} {status(row)}"
                start, end = moment_of(row["start"]), moment_of(row["end"])
                yield (f"{people(int(row['accounts']))}, {count(int(row['posts']), 'post', 'posts')}, "
                       f"{count(int(row['tags']), 'hashtag', 'hashtags')}, read from {clock(start)} to {clock(end, True)}")
                yield row.get("note") or ""
                yield from self.digest(slot, source)

    def told(self, first, end):
        """The biggest stories."""
        yield "What is unusual can be told once the same hours have been recorded on 3 days within 4 weeks."
        known = {slot for slot, source in self.archive.read if first <= slot < end and self.archive.knows((slot, source))}
        due = sum(len(self.slots_of(date)) for date in self.span_dates(first.date(), end.date()))
        judged = "only one" if len(known) == 1 else f"{len(known):,}"
        yield f"Nothing unusual in the {judged} of {due:,} periods that can be judged."
        several = len({source for slot, source in self.archive.places if first <= slot < end}) > 1
        for run in self.archive.runs(first, end)[:5]:
            lasted = int((run["last"] + PERIOD - run["first"]).total_seconds()) // 3600
            span = count(lasted, "hour", "hours") if lasted < 48 else count(lasted // 24, "day", "days")
            where = f", {run['source']}" if several else ""
            newest = max(slot for slot, source in self.archive.read if source == run["source"] and slot < end)
            over = self.is_over((end - HOUR).date())
            said = f"lasted {span}" if run["last"] < newest else f"lasted at least {span}" if over else f"{span} so far"
            yield f"{self.archive.name(run['row']['tag'])} {self.reason(run['row'])} {short(run['slot'])}{where}, {said}"

    def days_up_to(self, slot):
        """The seven days up to the end of a slot."""
        end = slot.replace(hour=slot.hour // 6 * 6) + PERIOD
        return end - 7 * 24 * HOUR, end

    def always(self, first, end, without=()):
        tags = [tag for tag in self.archive.evergreens(first, end) if tag not in without][:8]
        return "Always here: " + " ".join(map(self.archive.name, tags))

    def tide(self, slots, sources):
        read = {slot: [s for s in sources if (slot, s) in self.archive.read] for slot in slots}
        several = len({source for found in read.values() for source in found}) > 1
        for slot in slots:
            yield f"{hours(slot)} {slot.day} {MONTHS[slot.month - 1][:3]}"
            parts = []
            for source in read[slot]:
                row = self.archive.windows[slot, source]
                parts.append(people(int(row["accounts"])) + (f" on {source}" if several else ""))
                if row["status"] == "partial":
                    parts.append(f"{percent(float(row['coverage']))} read")
            unread = [s for s in sources if self.archive.begun[s] <= slot and s not in read[slot]]
            if read[slot]:
                parts += [f"{source}: not recorded" for source in (unread if len(unread) < 3 else [f"{len(unread)} sources"])]
            yield " ".join(parts)

    def day_label(self, date):
        parts, sources = [], [s for s in self.archive.sources if any(self.archive.begun[s] <= t for t in self.slots_of(date))]
        for source in sources:
            due = [slot for slot in self.slots_of(date) if slot >= self.archive.begun[source]]
            read = [self.archive.windows[slot, source] for slot in due if (slot, source) in self.archive.read]
            said = "not recorded"
            if read:
                mean = sum(int(row["accounts"]) for row in read) / len(read)
                said = (f"{len(read)} of {count(len(due), 'period', 'periods')} read, "
                        f"{people(int(mean + 0.5))} " + ("in a period on average" if len(read) > 1 else "in it"))
            parts.append(f"{source}: {said}" if len(sources) > 1 else said)
        label = "; ".join(parts) or "not recorded"
        return label + ("" if self.is_over(date) else ", so far")

    def span_dates(self, first, end):
        begin = max(first, self.archive.first.date())
        last = min(end - datetime.timedelta(1), self.archive.last.date())
        return [begin + datetime.timedelta(step) for step in range((last - begin).days + 1)]

    def boards(self, first, end):
        """What stood out between two dates: of each board, in its order, the best of each hashtag."""
        archive = self.archive
        span = [datetime.datetime(one.year, one.month, one.day) for one in (first, end)]
        yield from self.told(*span)
        yield self.always(*span)
        always = set(archive.evergreens(*span))
        read = [place for place in archive.places if place in archive.read and first <= place[0].date() < end]
        reads = {s: sum(1 for _, source in read if source == s) for s in archive.sources}
        sums, peaks, runs, debuts, returns = {}, {}, {}, [], []
        for slot, source in read:
            for row in archive.top.get((slot, source), []):
                key, value = (row["tag"], source), int(row["accounts"])
                before, old, streak = archive.moves["top", slot, source, row["tag"]]
                sums[key] = sums.get(key, 0) + value
                if value > peaks.get(key, (-1,))[0]:
                    peaks[key] = value, slot
                if streak > runs.get(key, (0,))[0]:
                    runs[key] = streak, slot
                if before is not None and not old:
                    debuts.append((value, slot, row["tag"], source))
                if old and old[0] != before:
                    returns.append((int((slot - old[0]).total_seconds()), slot, row["tag"], source))
        several = len({source for slot, source in archive.places if first <= slot.date() < end}) > 1

        def board(items, figure):
            seen = set()
            for value, slot, tag, source in sorted(items, key=lambda one: (-one[0], one[1], one[2].encode(), one[3].encode())):
                if tag not in seen and len(seen) < 5:
                    seen.add(tag)
                    yield f"{archive.name(tag)} {figure(value)} {short(slot)}" + (f", {source}" if several else "")

        yield from board([(total // reads[s], peaks[t, s][1], t, s) for (t, s), total in sums.items()
                          if t not in always and total >= reads[s]],
                         lambda value: f"at least {people(value)}")
        yield from board([(value, slot, t, s) for (t, s), (value, slot) in peaks.items() if t not in always], people)
        yield from board([(value, slot, t, s) for (t, s), (value, slot) in runs.items() if value > 1],
                         lambda value: count(value, "time", "times"))
        yield from board(debuts, people)
        yield from board(returns, lambda seconds: "after " + (
            duration(seconds) if seconds < 86400 else count(seconds // 86400, "day", "days")))
        for items, said in ((debuts, "in the top ten for the first time"), (returns, "back in the top ten")):
            tags = len({item[2] for item in items})
            yield f"{tags:,} were {said}, five of them here"

    def calendar(self, first, end):
        yield from self.boards(first, end)
        dates = self.span_dates(first, end)
        self.cells = set()
        for date in dates:
            midnight = datetime.datetime(date.year, date.month, date.day)
            stories = [self.archive.name(run["row"]["tag"]) for run in self.archive.runs(midnight, midnight + 24 * HOUR)][:1]
            inside = stories[0] if stories and (end - first).days < 32 else ""
            told = f"{stories[0]} stood out, " if stories else ""
            self.cells.add(squeezed(f"{date.day}{inside}, {told}{self.day_label(date)}"))

    def week(self, monday):
        end = monday + datetime.timedelta(7)
        number = monday.isocalendar()
        sunday = end - datetime.timedelta(1)
        span = f"{monday.day} {MONTHS[monday.month - 1][:3]} to {day(sunday)}"
        yield f"Week {number[1]} of {number[0]} {span}" + ("" if self.is_over(sunday) else ", so far")
        yield f"Archive{number[0]}"
        for near in (number[1] - 1, number[1] + 1):
            yield from self.steps([f"Week {near}"])
        yield from self.boards(monday, end)
        for date in self.span_dates(monday, end):
            yield f"{date:%A}, {date.day} {MONTHS[date.month - 1][:3]} {self.day_label(date)}"
            midnight = datetime.datetime(date.year, date.month, date.day)
            yield from self.told(midnight, midnight + 24 * HOUR)
            yield " ".join(f"{self.archive.name(run['row']['tag'])} {int(run['row']['accounts']):,}"
                           for run in self.archive.runs(midnight, midnight + 24 * HOUR)[:3])

    def known(self, key):
        """All that is known of a hashtag, by slot and source: its lines of lists, and of tails where these are looked at."""
        lines = self.archive.lines[key]
        rows = {}
        for slot, source, kind, row in lines:
            rows.setdefault((slot, source), dict(row, rank="", trend=""))
            rows[slot, source]["rank" if kind == "top" else "trend"] = row["rank"] if kind == "top" else self.trend(row)
        first, last = min(line[0] for line in lines), max(line[0] for line in lines)
        reach = datetime.datetime(last.year, last.month, last.day) - datetime.timedelta(89)
        for (slot, source), tail in self.archive.tails.items():
            if max(first - PERIOD, reach) <= slot <= last:
                for row in tail:
                    if row["tag"] == key:
                        rows.setdefault((slot, source), dict(row, rank="", trend="", expected="", bounds=""))
        return dict(sorted(rows.items())), first, last

    def tag(self, key):
        archive = self.archive
        lines = archive.lines[key]
        rows, first, last = self.known(key)
        listed = {(slot, source) for slot, source, _, _ in lines}
        ranks = [int(row["rank"]) for _, _, kind, row in lines if kind == "top"]
        peak = max(int(row["accounts"]) for *_, row in lines)
        peak_slot = min(slot for slot, _, _, row in lines if int(row["accounts"]) == peak)
        streak = max([archive.moves["top", slot, source, key][2] for slot, source, kind, _ in lines if kind == "top"] or [0])
        yield f"Best place{min(ranks) if ranks else 'only ever trending'}"
        yield f"Most people in one period{peak:,} {long(peak_slot)}"
        yield (f"Popular or trendingin {count(len({slot for slot, _ in listed}), 'period', 'periods')} "
               f"on {count(len({slot.date() for slot, _ in listed}), 'day', 'days')}")
        yield (f"Popular in a row{count(streak, 'recorded period', 'recorded periods')}"
               + (" of one source" if len({source for _, source in listed}) > 1 else ""))
        yield f"First{long(first)}"
        yield f"Last{long(last)}"
        for source in archive.sources:
            yield f"{source} {count(sum(1 for one in listed if one[1] == source), 'period', 'periods')}"
        spellings, shared = {}, {}
        for place in listed:
            row = next(row for slot, source, _, row in lines if (slot, source) == place)
            spellings[shown(row["spelling"], key)] = spellings.get(shown(row["spelling"], key), 0) + 1
        for text, times in spellings.items():
            yield f"#{text} {count(times, 'time', 'times')}"
        for slot, source, kind, _ in lines:
            if kind == "top":
                for row in archive.top[slot, source]:
                    shared[row["tag"]] = shared.get(row["tag"], 0) + 1
        for tag, times in shared.items():
            yield f"{archive.name(tag)} {count(times, 'time', 'times')}"
        several = len({source for _, source in listed}) > 1
        for source in archive.sources:
            own = [(int(row["accounts"]), slot, kind) for slot, one, kind, row in lines if one == source]
            if own:
                most = max(value for value, *_ in own)
                at = min(slot for value, slot, _ in own if value == most)
                times = sum(1 for *_, kind in own if kind == "trending")
                yield (f"{source} {people(most)} at most, {at.day} {MONTHS[at.month - 1][:3]} {at.year}"
                       + (f"; unusual {count(times, 'time', 'times')}" if times else ""))
        for (slot, source), row in rows.items():
            usual = "–"
            if row["expected"]:
                usual = ("" if row.get("bounds") == "0" else "≤ ") + f"{int(rounded(row['expected'])):,}"
                usual = "< 1" if float(row["expected"]) < 0.5 else usual
            cells = [long(slot)] + ([source] if several else []) + [
                f"{int(row['accounts']):,}", self.share(row, slot, source), usual, f"{int(row['posts']):,}", row["rank"] or "–", row["trend"] or "–"]
            yield " | ".join(cells)
        # Of what the page shows, all but the latest is folded away.
        shown_days = [slot for slot, _ in rows]
        if last - max(archive.first, first - PERIOD) > datetime.timedelta(30) or len(shown_days) > 400:
            best = {}
            for (slot, source), row in rows.items():
                one = slot.date(), source
                if one not in best or int(row["accounts"]) > best[one][0]:
                    best[one] = int(row["accounts"]), slot
            shown_days = sorted(slot for _, slot in best.values())
        if len(shown_days) > 40:
            yield f"Earlier from {day(shown_days[0])} to {day(shown_days[-29])}"
        names = [s for s in archive.sources if any(one[1] == s for one in listed)]
        weeks, years = {}, {}
        for (slot, source), row in rows.items():
            monday = (slot - datetime.timedelta(slot.weekday())).date()
            value = int(row["accounts"])
            weeks.setdefault(monday, {})[source] = max(value, weeks.get(monday, {}).get(source, 0))
            years.setdefault(monday.isocalendar()[0], []).append(value)
        for monday, peaks in weeks.items():
            cells = [f"{monday.day} {MONTHS[monday.month - 1][:3]}"] + [f"{peaks[s]:,}" if s in peaks else "–" for s in names]
            yield " | ".join(cells)
        for year, values in years.items():
            times = len({slot for slot, _ in listed if slot.date().isocalendar()[0] == year})
            yield f"{year} popular or trending in {count(times, 'period', 'periods')}, {people(max(values))} at most"
            yield f"The most people in one period of each week of {year}, latest first"

    def share(self, row, slot, source):
        whole = int(self.archive.windows[slot, source]["accounts"])
        return f"{100 * int(row['accounts']) / whole + 1e-9:.2f}%" if whole else "–"

    def drawn(self, key, data):
        """The points and bounds of a hashtag's chart that are not so."""
        rows, first, last = self.known(key)
        start, step = moment_of(data["start"]), datetime.timedelta(seconds=data["step"])
        reach = max(first - PERIOD, datetime.datetime(last.year, last.month, last.day) - datetime.timedelta(89))
        for series in data["series"]:
            source, best, most, wholes, gaps = series["name"], {}, {}, {}, set(range(data["count"]))
            for (slot, other), row in rows.items():
                if other == source:
                    place = (slot - start) // step
                    best[place] = max(best.get(place, 0), int(row["accounts"]))
            for slot, other in self.archive.places:
                if start <= slot <= last and (slot, other) in self.archive.read and other == source:
                    place = (slot - start) // step
                    gaps.discard(place)
                    if float(self.archive.windows[slot, source]["coverage"]) >= 0.9:
                        reads = wholes.setdefault(place, {})
                        reads[slot.date()] = reads.get(slot.date(), 0) + 1
                    if slot < first - PERIOD:
                        continue
                    tail, top = self.archive.tails.get((slot, source)), self.archive.top.get((slot, source))
                    if tail and slot >= reach:
                        below = min(int(row["accounts"]) for row in tail) if len(tail) >= 1000 else 1
                    else:
                        below = int(top[-1]["accounts"]) if top else None
                    most.setdefault(place, []).append(below)
            if dict(series["points"]) != best:
                yield f"points of {source}"
            bounds = {place: max(all_) for place, all_ in most.items()
                      if place not in best and None not in all_ and len(all_) == step // PERIOD}
            told = {begin + step_: value for begin, length, value in series["bounds"] for step_ in range(length)}
            if told != bounds:
                yield f"bounds of {source}"
            if set(data["gaps"]) != gaps:
                yield f"gaps of {source}"
            slots, days = min(4, step // PERIOD), max(1, step // (4 * PERIOD))
            parts = {place for place in best
                     if 4 * sum(1 for read in wholes.get(place, {}).values() if read == slots) < 3 * days}
            if set(series["parts"]) != parts:
                yield f"parts of {source}"
            if step == PERIOD:
                usual = {(slot - start) // step: float(row["expected"]) for (slot, other), row in rows.items()
                         if other == source and row["expected"]}
                if {place: value for place, value in series["band"]} != usual:
                    yield f"band of {source}"
                events = {(slot - start) // step for slot, other, kind, _ in self.archive.lines[key]
                          if kind == "trending" and other == source}
                if set(series["unusual"]) != events:
                    yield f"events of {source}"

    def now(self):
        archive = self.archive
        newest = max(slot for slot, _ in archive.read)
        following = archive.last.replace(hour=archive.last.hour // 6 * 6) + PERIOD
        due = following + PERIOD + HOUR
        yield f"The lists of {hours(following)} UTC on {day(following)} come by {due:%H:%M} UTC" + (
            "." if due.date() == following.date() else f" on {day(due)}.")
        yield f"{moment(newest)} UTC"
        for source in archive.sources:
            if (archive.last, source) not in archive.read:
                yield f"{source}: {moment(archive.last)} UTC was not recorded{self.why(source)}."
        parts = [(newest, source) for source in archive.sources if (newest, source) in archive.read]
        stories = list(archive.stories(parts))
        place = f" on {{}}" if len(archive.sources) > 1 else ""
        if stories:
            row, source = stories[0]
            bound = "" if row.get("bounds") == "0" else "at most "
            yield f"usual at this hour: {bound}{int(rounded(row['expected'])):,}"
            times = self.times_usual(row)
            least = "" if row.get("bounds") == "0" else "at least "
            yield (f"{people(int(row['accounts']))} wrote it{place.format(source)}"
                   + (f", {least}{times} times as many as usual at this hour." if times else ", and at this hour hardly anyone usually does."))
        else:
            source = next(source for _, source in parts if archive.top.get((newest, source)))
            row, whole = archive.top[newest, source][0], archive.windows[newest, source]
            equals = [other for other in archive.top[newest, source][1:] if other["accounts"] == row["accounts"]]
            company = (f" with {len(equals)} others" if len(equals) > 1
                       else f" with {archive.name(equals[0]['tag'])}" if equals else "")
            leads = (f"leads{place.format(source)}{company}: {int(row['accounts']):,} of {people(int(whole['accounts']))} "
                     f"wrote {'each' if equals else 'it'}.")
            yield f"{leads} What is unusual can be told once the same hours have been recorded on 3 days within 4 weeks."
            often = row["tag"] in archive.evergreens(*self.days_up_to(newest))
            yield ("No hashtag had many more people than usual. " + ("As so often, " if often else "")
                   + f"{archive.name(row['tag'])} {leads}")
        yield from self.course(newest, source, row["tag"])
        yield from self.bars(newest, source)
        yield from self.rows(newest, [source for _, source in parts if int(archive.windows[newest, source]["accounts"])], stories)
        yield from self.tide([archive.last - step * PERIOD for step in range(4) if archive.last - step * PERIOD >= archive.first],
                             archive.sources)
        for source in archive.sources:
            yield from self.sparks(newest, source)

    def course(self, slot, source, tag):
        """What the title of a hashtag's course finds of its last week."""
        slots = [slot - step * PERIOD for step in range(28) if slot - step * PERIOD >= self.archive.first]
        people_ = {}
        for one in slots:
            for lists in (self.archive.tails, self.archive.trending, self.archive.top):
                for row in lists.get((one, source), []):
                    if row["tag"] == tag and (one, source) in self.archive.read:
                        people_[one] = int(row["accounts"])
        peak = min(people_, key=lambda one: (-people_[one], one))
        where = f" on {source}" if len(self.archive.sources) > 1 else ""
        lasted = int((slot + PERIOD - slots[-1]).total_seconds()) // 3600
        span = count(lasted, "hour", "hours") if lasted < 48 else count(lasted // 24, "day", "days")
        first, is_most = min(people_), people_[peak] == people_[slot]
        quiet = int((first - min(one for one in slots if (one, source) in self.archive.read)).total_seconds()) // 3600
        before = count(quiet, "hour", "hours") if quiet < 48 else count(quiet // 24, "day", "days")
        is_lately = max(slots.index(first) + 3, 6) < len(slots) and quiet
        yield f"{self.archive.name(tag)}{where}: " + (f"the most people in {span}" if is_most else f"most people {short(peak)}") + (
            f"; none known in the {before} before" + ("" if not is_most and peak == first else f" {short(first)}") if is_lately else "")

    def everything(self):
        """All sources together."""
        archive = self.archive
        newest = max(slot for slot, _ in archive.read)
        parts = [(newest, source) for source in archive.sources if (newest, source) in archive.read]
        yield f"{moment(newest)} UTC"
        yield from self.merged(newest)
        for row, source in archive.stories(parts):
            yield f"{archive.name(row['tag'])} {self.reason(row)} on {source}"
        yield from self.tide([archive.last - step * PERIOD for step in range(4)], archive.sources)

    def why(self, source):
        row = self.archive.windows.get((self.archive.last, source))
        return f": {row['note']}" if row and row.get("note") else ""

    def times_usual(self, row):
        if not row["expected"] or float(row["expected"]) < (0.5 if row.get("bounds") == "0" else 1.5):
            return None
        times = int(row["accounts"]) / float(row["expected"])
        return (f"{times:.1f}" if times < 9.95 else f"{times:.0f}").removesuffix(".0")

    def trend(self, row):
        times = self.times_usual(row)
        return ("" if row.get("bounds") == "0" else "≥ ") + times + "×" if times else "rare"

    def rows(self, slot, sources, stories):
        """The list of the front page."""
        archive, shares, counts = self.archive, {}, {}
        for source in sources:
            known = {}
            for lists in (archive.tails, archive.top, archive.trending):
                for one in lists.get((slot, source), []):
                    known[one["tag"]] = int(one["accounts"])
            for tag, value in known.items():
                shares[tag] = shares.get(tag, 0) + value / int(archive.windows[slot, source]["accounts"]) / len(sources)
                counts.setdefault(tag, []).append(f"{value:,}" + (f" {source}" if len(sources) > 1 else ""))
        place = " on {}" if len(sources) > 1 else ""

        def row(first, tag, note, moved):
            return f"{first} | {archive.name(tag)}{note} | {' '.join(counts[tag])} | {100 * shares[tag] + 1e-9:.2f}% | {moved}".strip(" |")

        def move(kind, source, one):
            moved = self.moved(kind, slot, source, one)
            return "" if moved == "first" else moved

        for one, source in stories[:6]:
            yield row(self.trend(one), one["tag"], self.reason(one) + place.format(source), move("trending", source, one))
        told = {one["tag"] for one, _ in stories}
        week = self.days_up_to(slot)
        steady = [tag for tag in archive.evergreens(*week) if tag not in told][:8]
        order = sorted(shares, key=lambda tag: (-shares[tag], tag.encode()))
        if len(sources) == 1:
            order = [one["tag"] for one in archive.top.get((slot, sources[0]), [])]
        shown_ = [(rank, tag) for rank, tag in enumerate(order[:10], 1) if tag not in told and tag not in steady][:8]
        for rank, tag in shown_:
            listed = sorted((int(one["rank"]), place_, source, one) for place_, source in enumerate(sources)
                            for one in archive.top.get((slot, source), []) if one["tag"] == tag)
            note, moved = "", ""
            if listed:
                _, _, source, one = listed[0]
                stay = self.stay(slot, source, tag)
                note, moved = stay + place.format(source) if stay else "", move("top", source, one)
            yield row(rank, tag, note, moved)
        yield self.always(*week, without=told)

    def source(self, source):
        """A source by itself."""
        archive = self.archive
        latest = max((slot for slot, other in archive.read if other == source), default=None)
        if latest is None:
            return
        yield from self.window_parts(latest, source)
        yield from self.sparks(latest, source)
        if latest < archive.last:
            yield (f"{moment(archive.last)} UTC was not recorded{self.why(source)}. "
                   "These are the latest lists before it.")
        yield from self.tide([archive.last - step * PERIOD for step in range(4)], [source])
        tags = [row["tag"] for row in archive.top.get((latest, source), [])]
        yield " | ".join(["Period (UTC)", *map(archive.name, tags)])
        slots = [latest - step * PERIOD for step in range(28) if latest - step * PERIOD >= archive.first]
        lists = {slot: {row["tag"]: row["rank"] for row in archive.top.get((slot, source), [])} for slot in slots}
        for place, tag in enumerate(tags):
            yield f"{place + 1} {archive.name(tag)}"
        for slot in slots:
            is_read = (slot, source) in archive.read
            yield " | ".join([short(slot)] + [lists[slot].get(tag, "–") if is_read else "not recorded" for tag in tags])
        gone = {}
        for ranks in lists.values():
            for tag, rank in ranks.items():
                if tag not in tags:
                    leads, times = gone.get(tag, (0, 0))
                    gone[tag] = leads + (int(rank) <= 3), times + 1
        left = sorted((tag for tag in gone if gone[tag][0]), key=lambda tag: (-gone[tag][0], -gone[tag][1], tag.encode()))[:3]
        led = {tag: sum(1 for ranks in lists.values() if ranks.get(tag) == "1") for tag in tags + left}
        most = max(led, key=led.get)
        read = sum(1 for slot in slots if (slot, source) in archive.read)
        yield f"A week of ranks {archive.name(most)} led {led[most]:,} of {count(read, 'list', 'lists')}"

    def archive_page(self):
        archive = self.archive
        yield (f"Every day from {day(archive.first)} to {day(archive.last)}. The bars show how many of a month’s periods "
               "were read.")
        yield f"{archive.last.day} {MONTHS[archive.last.month - 1][:3]}"
        yield f"Week {archive.last.isocalendar()[1]}"
        for year in range(archive.first.year, archive.last.year + 1):
            yield str(year)
            for month in range(1, 13):
                begin = datetime.datetime(year, month, 1)
                end = datetime.datetime(year + month // 12, month % 12 + 1, 1)
                for source in archive.sources:
                    first = max(archive.begun[source], begin)
                    end = min(end, self.over())
                    through = min(archive.last, end - PERIOD)
                    if first > through:
                        continue
                    due = (through - first) // PERIOD + 1
                    read = sum(1 for slot, other in archive.read if other == source and first <= slot < end)
                    name = f"{source}: " if len(archive.sources) > 1 else ""
                    yield f"{name}{min(due, read):,} of {count(due, 'period', 'periods')} read"

    def about(self):
        archive = self.archive
        yield from (
            "A day has 4 periods of 6 hours, from midnight UTC. In each of them public posts are read, and the 10 leading "
            "hashtags become a list. Nothing of the posts is kept but counts of hashtags, counts of hashtags written together and the "
            "addresses and titles of pages that several people gave with a hashtag.",
            "How many of a day’s periods were read, and what share of the time meant.", "The last 30 days")
        versions = []
        for place in archive.places:
            if place in archive.read and (not versions or versions[-1][0] != archive.windows[place]["version"]):
                versions.append((archive.windows[place]["version"], place[0]))
        for version, slot in versions:
            yield f"Tidemark {version}, since {moment(slot)} UTC"
        end = self.over().date()
        for date in self.span_dates(end - datetime.timedelta(30), end):
            cells = [f"{date.day} {MONTHS[date.month - 1][:3]}"]
            slots = self.slots_of(date)
            for source in archive.sources:
                read = [archive.windows[slot, source] for slot in slots if (slot, source) in archive.read]
                share = sum(float(row["coverage"]) for row in read) / len(slots)
                cells.append(f"{len(read)} of {len(slots)} {percent(share)}")
            yield " | ".join(cells)

    def over(self):
        """The end of the last day that is over; of the only one."""
        midnight = datetime.datetime.combine(self.archive.last.date(), datetime.time())
        return midnight + 24 * HOUR if midnight.date() == self.archive.first.date() else midnight

    def times(self, tag):
        return len({line[0] for line in self.archive.lines[tag]})

    def indexes(self):
        """The pages that count how often hashtags were listed."""
        number = at_least(len(self.archive.lines))
        yield f"{number} {'hashtag' if number == '1' else 'hashtags'} that were ever in the top ten or trending."
        for tag in self.archive.lines:
            yield f"{self.archive.name(tag)} {at_least(self.times(tag))}"


def at_least(value):
    """The last of 1, 2, 5, 10, 20, 50 and so on that is not above it."""
    steps = [factor * 10 ** power for power in range(9) for factor in (1, 2, 5)]
    return f"{max(step for step in steps if step <= value):,}" + ("+" if value > 1 else "")


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()
