/* The words of lists: headings of machine names, terms of stored values. */
#include "base/i18n.h"
#include "cli/out.h"

#include <string.h>

struct word {
    const char *name, *text;
};

static const struct word headings[] = {
    {"acronym", N_("Acronym")},
    {"acting_as", N_("Acting as")},
    {"actor", N_("Who")},
    {"address", N_("Address")},
    {"adopted_at", N_("Adopted")},
    {"amount_cents", N_("Amount")},
    {"archived", N_("Archived")},
    {"association", N_("Association")},
    {"available_cents", N_("Available")},
    {"award_cents", N_("Award")},
    {"awarded_cents", N_("Awarded")},
    {"beneficiaries", N_("Beneficiaries")},
    {"call", N_("Call")},
    {"closed_at", N_("Closed on")},
    {"closes", N_("Deadline")},
    {"code", N_("Code")},
    {"command", N_("Command")},
    {"committed_cents", N_("Committed")},
    {"commune", N_("Commune")},
    {"communes", N_("Communes")},
    {"communes_raw", N_("Other places")},
    {"confidential", N_("Confidential address")},
    {"cost_cents", N_("Total cost")},
    {"criterion", N_("Criterion")},
    {"decided_on", N_("Decided on")},
    {"decision", N_("Decision")},
    {"declared_on", N_("Declared on")},
    {"document", N_("Document")},
    {"documents", N_("Documents")},
    {"eligible", N_("Eligible")},
    {"email", N_("E-mail")},
    {"ends_on", N_("Ends on")},
    {"envelope_cents", N_("Envelope")},
    {"explain", N_("Why")},
    {"floor_share_bp", N_("Floor share")},
    {"funded", N_("Funded")},
    {"id", N_("Number")},
    {"independent", N_("Independent")},
    {"label", N_("Label")},
    {"late", N_("Late")},
    {"late_reason", N_("Late because")},
    {"lift_reason", N_("Lifted because")},
    {"lifted_on", N_("Lifted on")},
    {"likeness", N_("Likeness")},
    {"mark_milli", N_("Mark")},
    {"marks", N_("Marks")},
    {"max_award_cents", N_("Maximum award")},
    {"max_rate_bp", N_("Maximum rate")},
    {"member", N_("Member")},
    {"min_award_cents", N_("Minimum award")},
    {"min_milli", N_("Minimum mark")},
    {"minimum_cents", N_("Minimum")},
    {"missing", N_("Missing")},
    {"name", N_("Name")},
    {"note", N_("Note")},
    {"opens", N_("Opens")},
    {"other", N_("Looks like")},
    {"other_siret", N_("Its SIRET")},
    {"other_public_cents", N_("Other public money")},
    {"paid_cents", N_("Paid")},
    {"phone", N_("Phone")},
    {"postcode", N_("Postcode")},
    {"project", N_("Project")},
    {"projects", N_("Projects")},
    {"quorum", N_("Quorum")},
    {"rank", N_("Rank")},
    {"reason", N_("Reason")},
    {"received", N_("Received")},
    {"received_at", N_("Received")},
    {"received_on", N_("Received on")},
    {"recovered_cents", N_("Recovered")},
    {"reference", N_("Reference")},
    {"refused", N_("Refused")},
    {"requested_cents", N_("Requested")},
    {"reserve", N_("Reserve")},
    {"rna", N_("RNA")},
    {"rna_raw", N_("RNA as given")},
    {"role", N_("Role")},
    {"rule", N_("Rule")},
    {"saved_at", N_("Saved")},
    {"scale", N_("Scale")},
    {"seed", N_("Seed")},
    {"siret", N_("SIRET")},
    {"siret_raw", N_("SIRET as given")},
    {"starts_on", N_("Starts on")},
    {"status", N_("Status")},
    {"status_reason", N_("Because")},
    {"step_milli", N_("Step")},
    {"theme", N_("Theme")},
    {"threshold", N_("Threshold")},
    {"title", N_("Title")},
    {"to_pay_cents", N_("To pay")},
    {"unit_cents", N_("Unit")},
    {"voted_on", N_("Voted on")},
    {"weight", N_("Weight")},
    {"year", N_("Year")},
};

static const struct word terms[] = {
    {"abstained", N_("abstention")},
    {"awarded", N_("awarded")},
    {"block", N_("block")},
    {"does-not-fit", N_("does not fit")},
    {"after-stop", N_("after the stop")},
    {"below-threshold", N_("below the threshold")},
    {"counted", N_("counted")},
    {"eligible", N_("eligible")},
    {"exclude", N_("exclude")},
    {"funded", N_("funded")},
    {"ko", N_("ko")},
    {"missing", N_("missing")},
    {"not-rankable", N_("not rankable")},
    {"not-selected", N_("not selected")},
    {"ok", N_("ok")},
    {"partial", N_("partial")},
    {"received", N_("received")},
    {"recused", N_("recused")},
    {"refused", N_("refused")},
    {"rejected", N_("rejected")},
    {"renormalise", N_("renormalise")},
    {"reserve", N_("reserve")},
    {"skip", N_("skip")},
    {"strict", N_("strict")},
    {"withdrawn", N_("withdrawn")},
    {"yes", N_("yes")},
    {"no", N_("no")},
};

static const char *look_up(const struct word *words, size_t count,
                           const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i].name, name) == 0)
            return gettext(words[i].text);
    return name;
}

const char *out_heading(const char *name)
{
    return look_up(headings, sizeof headings / sizeof *headings, name);
}

const char *out_term(const char *value)
{
    return look_up(terms, sizeof terms / sizeof *terms, value);
}
