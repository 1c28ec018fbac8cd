/* What the rules of a call let a project receive. */
#include "core/panel/caps.h"

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The request under the maximum award and the maximum rate: award and other
 * public money together stay within the rate of the cost. */
static int64_t capped(const struct caps *caps, const struct means *means,
                      struct entry *entry)
{
    int64_t request = entry->asked_cents;
    enum bar bar = BAR_NONE;
    if (caps->max_award >= 0)
        request = least(request, caps->max_award);
    entry->cap = request < entry->asked_cents ? CAP_AWARD : CAP_NONE;
    if (caps->max_rate_bp >= 0 && means->cost < 0) {
        bar = BAR_NO_COST;
    } else if (caps->max_rate_bp >= 0) {
        int64_t room =
            caps->max_rate_bp * means->cost / 10000 - means->other_public;
        if (room < request) {
            request = room > 0 ? room : 0;
            entry->cap = CAP_RATE;
        }
        bar = request == 0 ? BAR_RATE_USED : BAR_NONE;
    }
    if (bar == BAR_NONE && request < caps->min_award)
        bar = BAR_MIN_AWARD;
    if (entry->bar == BAR_NONE)
        entry->bar = bar;
    return request;
}

void caps_apply(const struct caps *caps, const struct means *means,
                struct entry *entry)
{
    int64_t request = capped(caps, means, entry);
    int64_t floor = means->minimum;
    entry->cost_cents = means->cost;
    entry->other_cents = means->other_public;
    entry->floor_bp = FLOOR_DECLARED;
    if (floor <= 0) {
        entry->floor_bp =
            caps->floor_share_bp >= 0 ? caps->floor_share_bp : 10000;
        floor = (entry->floor_bp * request + 9999) / 10000;
    }
    if (floor < caps->min_award) {
        floor = caps->min_award;
        entry->floor_bp = FLOOR_LEAST_AWARD;
    }
    entry->request_cents = request;
    entry->floor_cents = least(floor, request);
}
