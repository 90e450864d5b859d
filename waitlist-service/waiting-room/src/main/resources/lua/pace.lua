-- The pace of a line, on which the shown waiting times are based. It rises at once and falls only
-- after two slower windows in a row, so that one bad moment lets no waiting time jump.
local WEIGHT = 0.25

-- A window of time has ended with this number of admissions a minute. kept: average, shown and
-- doubt so far, each may be nil.
local function next_pace(kept, per_minute)
    local average = kept.average and kept.average + WEIGHT * (per_minute - kept.average) or per_minute
    if not kept.shown or average >= kept.shown then return {average = average, shown = average} end
    if not kept.doubt then return {average = average, shown = kept.shown, doubt = average} end
    return {average = average, shown = math.max(average, kept.doubt), doubt = average}
end
