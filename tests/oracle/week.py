"""The measures of an ordinary week, from its minutes: a byte `w` of work or `f` of rest for each, from Monday midnight on."""

import re

DAY, WEEK, WEEKDAYS = 1440, 10080, ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def minute(time):
    """Minutes since midnight."""
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def slot(day, start, end):
    """The minutes of a week in which a slot is worked."""
    first, length = WEEKDAYS.index(day) * DAY + minute(start), minute(end) - minute(start)
    return [at % WEEK for at in range(first, first + (length if length > 0 else length + DAY))]


def free_runs(week):
    return [len(run) for run in week.split(b"w")]


def turned(week):
    """The week from a minute of work on."""
    at = week.find(b"w")
    return week[at:] + week[:at]


def days_of(week):
    return [week[at:at + DAY] for at in range(0, WEEK, DAY)]


def worked(week, weekdays=WEEKDAYS, between=("00:00", "24:00")):
    start, end = map(minute, between)
    inside = [start <= at < end if start < end else at >= start or at < end for at in range(DAY)]
    kept = [day for name, day in zip(WEEKDAYS, days_of(week)) if name in weekdays]
    return sum(is_inside and at == ord("w") for day in kept for is_inside, at in zip(inside, day))


def longest_stretch(week, pause):
    """Runs of work, and of less rest than a pause between them."""
    if b"w" not in week:
        return 0
    twice = turned(week) * 2
    parts = re.split(b"f{%d,}" % pause, twice)
    return min(max(part.count(b"w") for part in parts), week.count(b"w"))


def daily_rest(week):
    """Of all minutes at which work begins; of a week that is worked throughout, of any."""
    twice = week * 2
    begins = [at for at in range(WEEK) if twice[at:at + 1] == b"w" and (at == 0 or twice[at - 1:at] == b"f")]
    return min([max(free_runs(twice[at:at + DAY])) for at in begins], default=DAY)


def rest_days(week):
    free = "".join("w" if b"w" in day else "f" for day in days_of(week))
    return min(7, max(map(len, (free * 2).split("w"))))


MEASURES = {
    "work": worked,
    "longest_day": lambda week: max(day.count(b"w") for day in days_of(week)),
    "longest_stretch": longest_stretch,
    "longest_rest": lambda week: max(free_runs(turned(week))) if b"w" in week else WEEK,
    "daily_rest": daily_rest,
    "rest_days": rest_days,
}
