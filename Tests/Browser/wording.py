"""Numbers, times and states as pages say them."""

from recount import PERIOD

MONTHS = "January February March April May June July August September October November December".split()
REASONS = {
    "bot": ("by a bot", "by bots"), "deleted": ("deleted",) * 2, "invalid": ("unreadable",) * 2,
    "language": ("in another language",) * 2, "max_tags": ("with too many hashtags",) * 2,
    "mistimed": ("with an impossible time",) * 2, "removed_with_account": ("of a removed account", "of removed accounts"),
    "repost": ("repost", "reposts"), "sensitive": ("marked as sensitive",) * 2, "tag_cashtag": ("cashtag", "cashtags"),
    "tag_control_or_hash": ("hashtag with control characters", "hashtags with control characters"),
    "tag_digits": ("hashtag of digits alone", "hashtags of digits alone"),
    "tag_empty": ("hashtag of nothing", "hashtags of nothing"), "tag_too_long": ("hashtag too long", "hashtags too long"),
}


def count(value, one, many):
    return f"{value:,} {one if value == 1 else many}"


def people(value):
    return count(value, "person", "people")


def day(date):
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def hours(slot):
    end = slot.replace(hour=0, minute=0, second=0) + PERIOD * (slot.hour // 6 + 1)
    return f"{slot:%H:%M}–{'24:00' if end.hour == 0 else f'{end:%H:%M}'}"


def short(slot):
    return f"{slot.day} {MONTHS[slot.month - 1][:3]}, {hours(slot)}"


def long(slot):
    return f"{slot.day} {MONTHS[slot.month - 1][:3]} {slot.year}, {hours(slot)}"


def moment(slot):
    return f"{day(slot)}, {hours(slot)}"


def percent(share):
    if share >= 1:
        return "100%"
    tenths = int(share * 1000 + 1e-9)
    return f"{tenths // 10}.{tenths % 10}%"


def clock(time, is_end=False):
    return "24:00" if is_end and time.hour == time.minute == 0 else f"{time:%H:%M}"


def duration(seconds):
    if seconds < 60:
        return f"{seconds} s"
    parts = [f"{seconds // 3600} h" if seconds >= 3600 else "", f"{seconds % 3600 // 60} min" if seconds % 3600 >= 60 else ""]
    return " ".join(part for part in parts if part)


def rounded(text):
    """A decimal of the archive to the nearest whole, as it is shown."""
    return f"{float(text) + 1e-9:.0f}"


def status(row):
    return {
        "complete": "Complete", "backfilled": "Complete, read later", "missing": "Not recorded",
        "partial": f"Partial: {percent(float(row['coverage']))} read",
    }[row["status"]]
