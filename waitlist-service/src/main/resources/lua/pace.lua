-- The pace of a line: what the waiting times that people see are made of. It rises at once and falls only when two windows in a row were
-- slower, so that one bad moment lets nobody's waiting time jump.
local WEIGHT = 0.25

-- A window of time has ended with so many admissions a minute. kept: average, shown and doubt so far, each may be nil.
local function next_pace(kept, per_minute)
    local average = kept.average and kept.average + WEIGHT * (per_minute - kept.average) or per_minute
    if not kept.shown or average >= kept.shown then return {average = average, shown = average} end
    if not kept.doubt then return {average = average, shown = kept.shown, doubt = average} end
    return {average = average, shown = math.max(average, kept.doubt), doubt = average}
end
