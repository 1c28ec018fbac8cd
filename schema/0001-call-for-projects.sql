-- The tables of a call for projects, from the agency to the award.
--
-- Amounts are integer cents, marks are thousandths of a point, rates are
-- hundredths of a percent ("bp"), thresholds hundredths of a point out of 100,
-- days are ISO text, times are "YYYY-MM-DD HH:MM" in Europe/Paris.
--
-- The rules stand in three places, each once:
--   CHECK and UNIQUE here, for what one row can say about itself;
--   the views invariant_*, below, each listing the rows that break one rule:
--     keys first, then what `cispd check` shows, from the column `subject` on;
--   the lists of guards.sql: which change is tested against which view, what
--     is frozen and what is never done. All triggers are written from them.
--
-- A reason holds a letter or a digit: blanks of any kind are none.
--
-- CHECKs of the tables that grow by the thousand write OR, not IN: SQLite
-- builds a table in memory for each test of an IN with more than two values.

------------------------------------------------------------------ the agency

CREATE TABLE agency (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    name     TEXT NOT NULL CHECK (trim(name) <> ''),
    siret    TEXT CHECK (length(siret) = 14 AND siret NOT GLOB '*[^0-9]*'),
    doc_lang TEXT NOT NULL DEFAULT 'fr' CHECK (doc_lang IN ('fr', 'en'))
) STRICT;

-- The communes of the territory; names are compared by their folded key.
CREATE TABLE commune (
    code       TEXT PRIMARY KEY CHECK (length(code) = 5),
    name       TEXT NOT NULL CHECK (trim(name) <> ''),
    name_key   TEXT NOT NULL UNIQUE,
    postcodes  TEXT NOT NULL,
    population INTEGER NOT NULL CHECK (population >= 0)
) STRICT, WITHOUT ROWID;

------------------------------------------------------------------- the call

-- The allocation rules that this version can compute.
CREATE TABLE allocation_rule (
    name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO allocation_rule VALUES
    ('strict'), ('skip'), ('partial'), ('proportional'), ('tiers'),
    ('tiers:cut'), ('optimal');

-- tiers: "75:100,60:75", from this score up this percentage of the request;
-- objective, curve and step_cents (0: all or nothing) are those of optimal,
-- rounding that of proportional.
CREATE TABLE call (
    year            INTEGER PRIMARY KEY CHECK (year BETWEEN 1990 AND 2200),
    title           TEXT NOT NULL CHECK (trim(title) <> ''),
    opens           TEXT CHECK (opens IS date(opens, '+0 days')),
    closes          TEXT CHECK (closes IS strftime('%Y-%m-%d %H:%M', closes,
                                                   '+0 days')),
    closed_at       TEXT CHECK (closed_at IS strftime('%Y-%m-%d %H:%M',
                                                      closed_at, '+0 days')),
    min_award_cents INTEGER CHECK (min_award_cents BETWEEN 1 AND 1000000000000),
    max_award_cents INTEGER CHECK (max_award_cents BETWEEN 1 AND 1000000000000),
    max_rate_bp     INTEGER CHECK (max_rate_bp BETWEEN 1 AND 10000),
    quorum          INTEGER NOT NULL DEFAULT 3 CHECK (quorum BETWEEN 1 AND 50),
    threshold       INTEGER CHECK (threshold BETWEEN 0 AND 10000),
    rule            TEXT NOT NULL DEFAULT 'partial'
                    REFERENCES allocation_rule (name),
    unit_cents      INTEGER NOT NULL DEFAULT 100
                    CHECK (unit_cents BETWEEN 1 AND 10000000),
    tiers           TEXT CHECK (tiers GLOB '[0-9]*:[0-9]*'
                                AND tiers NOT GLOB '*[^0-9.:,]*'),
    objective       TEXT NOT NULL DEFAULT 'score'
                    CHECK (objective IN ('score', 'score-euro')),
    curve           TEXT NOT NULL DEFAULT 'linear'
                    CHECK (curve IN ('linear', 'concave')),
    step_cents      INTEGER NOT NULL DEFAULT 0
                    CHECK (step_cents BETWEEN 0 AND 1000000000000),
    rounding        TEXT NOT NULL DEFAULT 'remainder'
                    CHECK (rounding IN ('remainder', 'divisor')),
    missing         TEXT NOT NULL DEFAULT 'block'
                    CHECK (missing IN ('block', 'exclude', 'renormalise')),
    floor_share_bp  INTEGER CHECK (floor_share_bp BETWEEN 1 AND 10000),
    seed            TEXT CHECK (trim(seed) <> ''),
    archived        INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    CHECK (min_award_cents <= max_award_cents),
    CHECK (opens <= closes)
) STRICT;

CREATE TABLE envelope_line (
    id           INTEGER PRIMARY KEY CHECK (id > 0),
    call_year    INTEGER NOT NULL REFERENCES call (year),
    amount_cents INTEGER NOT NULL
                 CHECK (amount_cents <> 0 AND abs(amount_cents)
                                              <= 1000000000000),
    reference    TEXT NOT NULL CHECK (trim(reference) <> ''),
    voted_on     TEXT CHECK (voted_on IS date(voted_on, '+0 days')),
    UNIQUE (call_year, reference)
) STRICT;

CREATE TABLE theme (
    id        INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id > 0),
    call_year INTEGER NOT NULL REFERENCES call (year),
    label     TEXT NOT NULL CHECK (trim(label) <> ''),
    label_key TEXT NOT NULL CHECK (label_key <> ''),
    UNIQUE (call_year, label_key)
) STRICT;

-- Money that only the projects of a theme may use (least_cents), and the most
-- that they may receive together (most_cents).
CREATE TABLE call_reserve (
    call_year   INTEGER NOT NULL REFERENCES call (year),
    theme_id    INTEGER NOT NULL REFERENCES theme (id),
    least_cents INTEGER NOT NULL
                CHECK (least_cents BETWEEN 0 AND 1000000000000),
    most_cents  INTEGER CHECK (most_cents BETWEEN least_cents
                                              AND 1000000000000),
    PRIMARY KEY (call_year, theme_id),
    CHECK (least_cents > 0 OR most_cents IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- A criterion is marked from scale_lo to scale_hi by step_milli; min_milli is
-- the mean of the panel under which a project is knocked out.
CREATE TABLE criterion (
    id          INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id > 0),
    call_year   INTEGER NOT NULL REFERENCES call (year),
    position    INTEGER NOT NULL,
    code        TEXT NOT NULL CHECK (code <> '' AND code NOT GLOB '*[ =]*'),
    code_key    TEXT NOT NULL CHECK (code_key <> ''),
    label       TEXT NOT NULL CHECK (trim(label) <> ''),
    weight      INTEGER NOT NULL CHECK (weight BETWEEN 0 AND 1000),
    scale_lo    INTEGER NOT NULL DEFAULT 0 CHECK (scale_lo >= 0),
    scale_hi    INTEGER NOT NULL DEFAULT 20
                CHECK (scale_hi > scale_lo AND scale_hi <= 1000),
    step_milli  INTEGER NOT NULL DEFAULT 1000
                CHECK (step_milli > 0
                       AND (scale_hi - scale_lo) * 1000 % step_milli = 0),
    min_milli   INTEGER CHECK (min_milli BETWEEN scale_lo * 1000
                                             AND scale_hi * 1000),
    independent INTEGER NOT NULL DEFAULT 0 CHECK (independent IN (0, 1)),
    CHECK ((weight = 0) = (independent = 1)),
    UNIQUE (call_year, code_key)
) STRICT;

CREATE TABLE required_document (
    call_year INTEGER NOT NULL REFERENCES call (year),
    code      TEXT NOT NULL CHECK (code <> '' AND code NOT GLOB '*[^A-Z0-9-]*'),
    label     TEXT NOT NULL CHECK (trim(label) <> ''),
    PRIMARY KEY (call_year, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
    id        INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id > 0),
    call_year INTEGER NOT NULL REFERENCES call (year),
    name      TEXT NOT NULL CHECK (trim(name) <> ''),
    name_key  TEXT NOT NULL CHECK (name_key <> ''),
    email     TEXT CHECK (email LIKE '_%@_%._%'),
    UNIQUE (call_year, name_key)
) STRICT;

---------------------------------------------------- applicants and projects

-- An identifier is valid or absent; *_raw keeps what the source said instead.
-- A confidential association's address leaves in no export and no workbook:
-- those read association_public.
CREATE TABLE association (
    id           INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id > 0),
    name         TEXT NOT NULL CHECK (trim(name) <> ''),
    name_key     TEXT NOT NULL CHECK (name_key <> ''),
    acronym      TEXT CHECK (trim(acronym) <> ''),
    siret        TEXT UNIQUE
                 CHECK (length(siret) = 14 AND siret NOT GLOB '*[^0-9]*'),
    siret_raw    TEXT,
    rna          TEXT UNIQUE
                 CHECK (rna GLOB 'W[0-9][0-9A-Z][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
    rna_raw      TEXT,
    address      TEXT,
    postcode     TEXT CHECK (length(postcode) = 5
                             AND postcode NOT GLOB '*[^0-9]*'),
    commune      TEXT,
    confidential INTEGER NOT NULL DEFAULT 0 CHECK (confidential IN (0, 1))
) STRICT;
CREATE INDEX association_by_name ON association (name_key);

-- No names: a role reaches whoever holds it.
CREATE TABLE contact (
    id             INTEGER PRIMARY KEY CHECK (id > 0),
    association_id INTEGER NOT NULL REFERENCES association (id),
    role           TEXT NOT NULL CHECK (trim(role) <> ''),
    email          TEXT CHECK (email LIKE '_%@_%._%'),
    phone          TEXT CHECK (phone NOT GLOB '*[^0-9+]*'),
    UNIQUE (association_id, role)
) STRICT;

CREATE TABLE project (
    id                 INTEGER PRIMARY KEY CHECK (id > 0),
    call_year          INTEGER NOT NULL REFERENCES call (year),
    number             INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999999),
    ref                TEXT GENERATED ALWAYS AS
                       (format('%04d-%03d', call_year, number)) VIRTUAL,
    association_id     INTEGER NOT NULL REFERENCES association (id),
    title              TEXT NOT NULL CHECK (trim(title) <> ''),
    theme_id           INTEGER REFERENCES theme (id),
    requested_cents    INTEGER NOT NULL
                       CHECK (requested_cents BETWEEN 1 AND 1000000000000),
    minimum_cents      INTEGER
                       CHECK (minimum_cents BETWEEN 1 AND requested_cents),
    cost_cents         INTEGER
                       CHECK (cost_cents BETWEEN requested_cents
                                             AND 1000000000000),
    other_public_cents INTEGER -- where it is not known, the rate counts 0
                       CHECK (other_public_cents BETWEEN 0 AND 1000000000000),
    starts_on          TEXT CHECK (starts_on IS date(starts_on, '+0 days')),
    ends_on            TEXT CHECK (ends_on IS date(ends_on, '+0 days')),
    beneficiaries      INTEGER CHECK (beneficiaries BETWEEN 0 AND 10000000),
    communes_raw       TEXT,
    received_at        TEXT NOT NULL
                       CHECK (received_at IS strftime('%Y-%m-%d %H:%M',
                                                      received_at, '+0 days')),
    late_reason        TEXT CHECK (late_reason GLOB '*[0-9A-Za-zÀ-ɏ]*'),
    status             TEXT NOT NULL DEFAULT 'received'
                       CHECK (status = 'received' OR status = 'eligible'
                              OR status = 'rejected' OR status = 'withdrawn'),
    status_reason      TEXT CHECK (status_reason GLOB '*[0-9A-Za-zÀ-ɏ]*'),
    source_key         TEXT,
    CHECK (starts_on <= ends_on),
    CHECK (status IN ('received', 'eligible') OR status_reason IS NOT NULL),
    UNIQUE (call_year, number),
    UNIQUE (call_year, source_key)
) STRICT;
CREATE INDEX project_by_association ON project (association_id);

CREATE TABLE project_commune (
    project_id   INTEGER NOT NULL REFERENCES project (id),
    commune_code TEXT NOT NULL REFERENCES commune (code),
    PRIMARY KEY (project_id, commune_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE project_document (
    project_id  INTEGER NOT NULL REFERENCES project (id),
    code        TEXT NOT NULL CHECK (code <> ''),
    received_on TEXT NOT NULL CHECK (received_on IS date(received_on,
                                                         '+0 days')),
    note        TEXT,
    PRIMARY KEY (project_id, code)
) STRICT, WITHOUT ROWID;

-------------------------------------------------------------------- marking

CREATE TABLE recusal (
    id          INTEGER PRIMARY KEY CHECK (id > 0),
    project_id  INTEGER NOT NULL REFERENCES project (id),
    member_id   INTEGER NOT NULL REFERENCES member (id),
    reason      TEXT NOT NULL CHECK (reason GLOB '*[0-9A-Za-zÀ-ɏ]*'),
    declared_on TEXT NOT NULL CHECK (declared_on IS date(declared_on,
                                                         '+0 days')),
    lifted_on   TEXT CHECK (lifted_on IS date(lifted_on, '+0 days')),
    lift_reason TEXT CHECK (lift_reason GLOB '*[0-9A-Za-zÀ-ɏ]*'),
    CHECK ((lifted_on IS NULL) = (lift_reason IS NULL))
) STRICT;
CREATE INDEX recusal_by_project ON recusal (project_id, member_id);

-- No row: missing. value_milli NULL: an abstention. Neither is zero.
CREATE TABLE mark (
    project_id   INTEGER NOT NULL REFERENCES project (id),
    member_id    INTEGER NOT NULL REFERENCES member (id),
    criterion_id INTEGER NOT NULL REFERENCES criterion (id),
    value_milli  INTEGER,
    PRIMARY KEY (project_id, member_id, criterion_id)
) STRICT, WITHOUT ROWID;

-------------------------------------------------------- scenarios and awards

CREATE TABLE scenario (
    id             INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id > 0),
    call_year      INTEGER NOT NULL REFERENCES call (year),
    name           TEXT NOT NULL CHECK (trim(name) <> ''),
    name_key       TEXT NOT NULL CHECK (name_key <> ''),
    rule           TEXT NOT NULL REFERENCES allocation_rule (name),
    envelope_cents INTEGER NOT NULL CHECK (envelope_cents >= 0),
    unit_cents     INTEGER NOT NULL CHECK (unit_cents > 0),
    threshold      INTEGER CHECK (threshold BETWEEN 0 AND 10000),
    tiers          TEXT,
    objective      TEXT NOT NULL DEFAULT 'score',
    curve          TEXT NOT NULL DEFAULT 'linear',
    step_cents     INTEGER NOT NULL DEFAULT 0 CHECK (step_cents >= 0),
    rounding       TEXT NOT NULL DEFAULT 'remainder',
    inputs_digest  TEXT NOT NULL,
    saved_at       TEXT NOT NULL
                   CHECK (saved_at IS strftime('%Y-%m-%d %H:%M', saved_at,
                                               '+0 days')),
    adopted_at     TEXT CHECK (adopted_at IS strftime('%Y-%m-%d %H:%M',
                                                      adopted_at, '+0 days')),
    UNIQUE (call_year, name_key)
) STRICT;

CREATE TABLE scenario_reserve (
    scenario_id INTEGER NOT NULL REFERENCES scenario (id),
    theme_id    INTEGER NOT NULL REFERENCES theme (id),
    least_cents INTEGER NOT NULL CHECK (least_cents >= 0),
    most_cents  INTEGER CHECK (most_cents >= least_cents),
    PRIMARY KEY (scenario_id, theme_id)
) STRICT, WITHOUT ROWID;

-- forced: the committee set the award before the rule was applied.
CREATE TABLE scenario_line (
    scenario_id     INTEGER NOT NULL REFERENCES scenario (id),
    project_id      INTEGER NOT NULL REFERENCES project (id),
    position        INTEGER NOT NULL,
    rank            INTEGER,
    score_num       INTEGER,
    score_den       INTEGER,
    requested_cents INTEGER NOT NULL,
    floor_cents     INTEGER NOT NULL,
    award_cents     INTEGER NOT NULL
                    CHECK (award_cents BETWEEN 0 AND requested_cents),
    forced          INTEGER NOT NULL DEFAULT 0 CHECK (forced IN (0, 1)),
    reason          TEXT NOT NULL,
    explain         TEXT NOT NULL,
    PRIMARY KEY (scenario_id, project_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE award (
    project_id   INTEGER PRIMARY KEY REFERENCES project (id),
    decision     TEXT NOT NULL
                 CHECK (decision IN ('awarded', 'refused', 'reserve')),
    amount_cents INTEGER NOT NULL
                 CHECK ((decision = 'awarded') = (amount_cents > 0)
                        AND amount_cents >= 0),
    reason       TEXT CHECK (reason GLOB '*[0-9A-Za-zÀ-ɏ]*'),
    decided_on   TEXT NOT NULL CHECK (decided_on IS date(decided_on,
                                                         '+0 days'))
) STRICT;

------------------------------------------------------------- what is computed

-- The one place where the totals of a call are made. Withdrawn and rejected
-- projects count as received and in no amount. Commitments and payments join
-- this view when the schema learns them.
-- Each figure is a query of its own, so that one figure of one call costs what
-- that figure needs; awards come first in their joins because they are few.
CREATE VIEW budget AS
SELECT call, envelope_cents, requested_cents, awarded_cents,
       envelope_cents - awarded_cents AS available_cents,
       0 AS committed_cents, 0 AS paid_cents, 0 AS recovered_cents,
       0 AS to_pay_cents, received, eligible, funded, reserve, refused
  FROM (
SELECT c.year AS call,
       (SELECT coalesce(sum(l.amount_cents), 0) FROM envelope_line l
         WHERE l.call_year = c.year) AS envelope_cents,
       (SELECT coalesce(sum(p.requested_cents), 0) FROM project p
         WHERE p.call_year = c.year AND p.status IN ('received', 'eligible'))
           AS requested_cents,
       (SELECT coalesce(sum(a.amount_cents), 0)
          FROM award a CROSS JOIN project p ON p.id = a.project_id
         WHERE p.call_year = c.year) AS awarded_cents,
       (SELECT count(*) FROM project p WHERE p.call_year = c.year) AS received,
       (SELECT count(*) FROM project p
         WHERE p.call_year = c.year AND p.status = 'eligible') AS eligible,
       (SELECT count(*) FROM award a CROSS JOIN project p ON p.id = a.project_id
         WHERE p.call_year = c.year AND a.decision = 'awarded') AS funded,
       (SELECT count(*) FROM award a CROSS JOIN project p ON p.id = a.project_id
         WHERE p.call_year = c.year AND a.decision = 'reserve') AS reserve,
       (SELECT count(*) FROM award a CROSS JOIN project p ON p.id = a.project_id
         WHERE p.call_year = c.year AND a.decision = 'refused') AS refused
  FROM call c);

-- The scenario that the committee proposes, of each call that has one.
CREATE VIEW adopted AS
SELECT id, call_year, name FROM scenario WHERE adopted_at IS NOT NULL;

-- What a scenario gives to the projects that wait for their decision.
CREATE VIEW waiting AS
SELECT l.scenario_id, l.position, l.project_id, p.ref, l.award_cents, l.forced
  FROM scenario_line l
  JOIN project p ON p.id = l.project_id AND p.status = 'eligible'
 WHERE NOT EXISTS (SELECT 1 FROM award a WHERE a.project_id = l.project_id);

-- What may be shown of an association outside the office.
CREATE VIEW association_public AS
SELECT id, name, name_key, acronym, siret, rna, confidential,
       CASE WHEN confidential = 0 THEN address END AS address,
       CASE WHEN confidential = 0 THEN postcode END AS postcode,
       CASE WHEN confidential = 0 THEN commune END AS commune
  FROM association;

-- The last moment at which a project is on time.
CREATE VIEW deadline AS
SELECT year AS call_year,
       CASE WHEN closed_at IS NULL THEN closes
            WHEN closes IS NULL OR closed_at < closes THEN closed_at
            ELSE closes END AS closes
  FROM call;

------------------------------------------------------------- the invariants

CREATE VIEW invariant_envelope AS
SELECT call AS call_year, call AS subject, awarded_cents, envelope_cents
  FROM budget WHERE awarded_cents > envelope_cents OR envelope_cents < 0;

CREATE VIEW invariant_award_amount AS
SELECT p.call_year, a.project_id, p.ref AS subject, a.amount_cents,
       p.requested_cents, p.cost_cents
  FROM award a JOIN project p ON p.id = a.project_id
 WHERE a.amount_cents NOT BETWEEN 0 AND p.requested_cents
    OR a.amount_cents > p.cost_cents;

CREATE VIEW invariant_award_bounds AS
SELECT p.call_year, a.project_id, p.ref AS subject, a.amount_cents,
       c.min_award_cents, c.max_award_cents
  FROM award a JOIN project p ON p.id = a.project_id
  JOIN call c ON c.year = p.call_year
 WHERE a.decision = 'awarded'
   AND (a.amount_cents < c.min_award_cents
        OR a.amount_cents > c.max_award_cents);

-- A rate that cannot be verified is not kept: the cost must be known.
CREATE VIEW invariant_award_rate AS
SELECT p.call_year, a.project_id, p.ref AS subject, a.amount_cents,
       p.other_public_cents, p.cost_cents
  FROM award a JOIN project p ON p.id = a.project_id
  JOIN call c ON c.year = p.call_year
 WHERE a.decision = 'awarded' AND c.max_rate_bp IS NOT NULL
   AND (p.cost_cents IS NULL
        OR (a.amount_cents + coalesce(p.other_public_cents, 0)) * 10000
           > c.max_rate_bp * p.cost_cents);

CREATE VIEW invariant_award_eligible AS
SELECT p.call_year, a.project_id, p.ref AS subject, a.decision, p.status
  FROM award a JOIN project p ON p.id = a.project_id
 WHERE p.status <> 'eligible'
   AND (a.decision <> 'refused' OR p.status = 'withdrawn');

-- An amount that was set by hand in the scenario is an exception to the
-- selection method as much as one that differs from it.
CREATE VIEW invariant_award_reason AS
SELECT p.call_year, a.project_id, p.ref AS subject, a.amount_cents,
       l.award_cents
  FROM award a JOIN project p ON p.id = a.project_id
  JOIN adopted s ON s.call_year = p.call_year
  LEFT JOIN scenario_line l ON l.scenario_id = s.id
                           AND l.project_id = a.project_id
 WHERE a.reason IS NULL
   AND (l.forced = 1 OR a.amount_cents IS NOT coalesce(l.award_cents, 0));

CREATE VIEW invariant_one_adopted_scenario AS
SELECT call_year, call_year AS subject, group_concat(name, ', ') AS scenario
  FROM adopted GROUP BY call_year HAVING count(*) > 1;

CREATE VIEW invariant_mark AS
SELECT m.project_id, m.member_id, m.criterion_id, p.ref AS subject,
       b.name AS member, c.code AS criterion
  FROM mark m JOIN project p ON p.id = m.project_id
  JOIN member b ON b.id = m.member_id
  JOIN criterion c ON c.id = m.criterion_id
 WHERE b.call_year <> p.call_year OR c.call_year <> p.call_year
    OR m.value_milli < c.scale_lo * 1000 OR m.value_milli > c.scale_hi * 1000
    OR (m.value_milli - c.scale_lo * 1000) % c.step_milli <> 0;

CREATE VIEW invariant_recusal AS
SELECT m.project_id, m.member_id, p.ref AS subject, b.name AS member
  FROM mark m
  JOIN recusal r ON r.project_id = m.project_id AND r.member_id = m.member_id
                AND r.lifted_on IS NULL
  JOIN project p ON p.id = m.project_id JOIN member b ON b.id = m.member_id;

CREATE VIEW invariant_late AS
SELECT p.call_year, p.id AS project_id, p.ref AS subject, p.received_at,
       d.closes
  FROM project p JOIN deadline d ON d.call_year = p.call_year
 WHERE p.received_at > d.closes AND p.late_reason IS NULL;

CREATE VIEW invariant_same_call AS
SELECT 'project' AS tab, p.id, p.id AS project_id, p.ref AS subject,
       t.label AS name
  FROM project p JOIN theme t ON t.id = p.theme_id
 WHERE t.call_year <> p.call_year
UNION ALL
SELECT 'recusal', r.id, p.id, p.ref, m.name
  FROM recusal r JOIN project p ON p.id = r.project_id
  JOIN member m ON m.id = r.member_id
 WHERE m.call_year <> p.call_year
UNION ALL
SELECT 'scenario_line', l.scenario_id, p.id, p.ref, s.name
  FROM scenario_line l JOIN project p ON p.id = l.project_id
  JOIN scenario s ON s.id = l.scenario_id
 WHERE s.call_year <> p.call_year
UNION ALL
SELECT 'call_reserve', r.theme_id, NULL, r.call_year, t.label
  FROM call_reserve r JOIN theme t ON t.id = r.theme_id
 WHERE t.call_year <> r.call_year
UNION ALL
SELECT 'scenario_reserve', r.scenario_id, NULL, s.name, t.label
  FROM scenario_reserve r JOIN scenario s ON s.id = r.scenario_id
  JOIN theme t ON t.id = r.theme_id
 WHERE t.call_year <> s.call_year;

-- INSEE's key: Luhn on the 14 digits and on the SIREN, their first 9; the
-- establishments of La Poste may have digits that add up to a multiple of 5
-- instead. Luhn's doubling of a digit is, modulo 10, twice the digit, and one
-- more when it is above 4. Written out place by place: it is computed for each
-- row of an import.
CREATE VIEW invariant_siret AS
WITH holder AS (
    SELECT 'agency' AS tab, id, name, siret, CAST(siret AS INTEGER) AS n
      FROM agency
    UNION ALL
    SELECT 'association', id, name, siret, CAST(siret AS INTEGER)
      FROM association
),
sums AS (
    SELECT tab, id, name, siret,
           (n / 10000000000000 % 10) + (n / 100000000000 % 10)
             + (n / 1000000000 % 10) + (n / 10000000 % 10) + (n / 100000 % 10)
               AS odd_siren,
           (n / 1000000000000 % 10) + (n / 10000000000 % 10)
             + (n / 100000000 % 10) + (n / 1000000 % 10)
               AS even_siren,
           (n / 1000 % 10) + (n / 10 % 10)
               AS odd_rest,
           (n / 10000 % 10) + (n / 100 % 10) + (n % 10)
               AS even_rest,
           (n / 10000000000000 % 10 > 4) + (n / 100000000000 % 10 > 4)
             + (n / 1000000000 % 10 > 4) + (n / 10000000 % 10 > 4)
             + (n / 100000 % 10 > 4) + (n / 1000 % 10 > 4) + (n / 10 % 10 > 4)
               AS odd_above_4,
           (n / 1000000000000 % 10 > 4) + (n / 10000000000 % 10 > 4)
             + (n / 100000000 % 10 > 4) + (n / 1000000 % 10 > 4)
               AS even_siren_above_4
      FROM holder
)
SELECT tab, id, name AS subject, siret
  FROM sums
 WHERE siret = '00000000000000'
    OR NOT ((2 * (odd_siren + odd_rest) + odd_above_4 + even_siren + even_rest)
              % 10 = 0
            AND (odd_siren + 2 * even_siren + even_siren_above_4) % 10 = 0
            OR siret GLOB '356000000*'
               AND (odd_siren + even_siren + odd_rest + even_rest) % 5 = 0);

-- The calls in which a decision is recorded: what led to it stays as it was.
-- (CROSS JOIN: from the awards, which are few, to their projects.)
CREATE VIEW decided AS
SELECT p.call_year FROM award a CROSS JOIN project p ON p.id = a.project_id;

----------------------------------------------------------------- the journal

-- Written by the triggers alone; old and new row as JSON.
CREATE TABLE journal (
    id     INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id > 0),
    tab    TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action = 'insert' OR action = 'update'
                                OR action = 'delete'),
    old    TEXT,
    new    TEXT
) STRICT;

-- A seal for each command that changed something, several for a very long one:
-- the SHA-256 chain, whose text src/store/journal.c describes. entry_checks, the first 8 digits of each
-- entry's own digest, one after the other, tell which entry broke a seal.
CREATE TABLE seal (
    id           INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id > 0),
    first_entry  INTEGER NOT NULL UNIQUE,
    last_entry   INTEGER NOT NULL CHECK (last_entry >= first_entry),
    sealed_at    TEXT NOT NULL
                 CHECK (sealed_at IS strftime('%Y-%m-%d %H:%M', sealed_at,
                                              '+0 days')),
    actor        TEXT NOT NULL,
    acting_as    TEXT,
    command      TEXT NOT NULL,
    entry_checks TEXT NOT NULL,
    digest       TEXT NOT NULL CHECK (length(digest) = 64)
) STRICT;

-------------------------------------------------------- the territory's places

-- The 43 communes of the Maubeuge-Val de Sambre district (DGCL, population
-- totale 2025, and La Poste's postal codes; Licence Ouverte).
INSERT INTO commune (code, name, name_key, postcodes, population) VALUES
    ('59003', 'Aibes', 'aibes', '59149', 365),
    ('59021', 'Assevent', 'assevent', '59600', 1797),
    ('59033', 'Aulnoye-Aymeries', 'aulnoye aymeries', '59620', 8924),
    ('59041', 'Bachant', 'bachant', '59138', 2264),
    ('59058', 'Beaufort', 'beaufort', '59330', 1022),
    ('59068', 'Berlaimont', 'berlaimont', '59145', 3207),
    ('59072', 'Bersillies', 'bersillies', '59600', 245),
    ('59076', 'Bettignies', 'bettignies', '59600', 361),
    ('59101', 'Bousignies-sur-Roc', 'bousignies sur roc', '59149', 385),
    ('59103', 'Boussières-sur-Sambre', 'boussieres sur sambre', '59330', 526),
    ('59104', 'Boussois', 'boussois', '59168', 3168),
    ('59142', 'Cerfontaine', 'cerfontaine', '59680', 677),
    ('59151', 'Colleret', 'colleret', '59680', 1574),
    ('59157', 'Cousolre', 'cousolre', '59149', 2179),
    ('59187', 'Éclaibes', 'eclaibes', '59330', 271),
    ('59188', 'Écuélin', 'ecuelin', '59620', 145),
    ('59190', 'Élesmes', 'elesmes', '59600', 1019),
    ('59225', 'Feignies', 'feignies', '59750', 6791),
    ('59230', 'Ferrière-la-Grande', 'ferriere la grande', '59680', 5219),
    ('59231', 'Ferrière-la-Petite', 'ferriere la petite', '59680', 1048),
    ('59264', 'Gognies-Chaussée', 'gognies chaussee', '59600', 732),
    ('59291', 'Hautmont', 'hautmont', '59330', 14264),
    ('59324', 'Jeumont', 'jeumont', '59460', 10365),
    ('59344', 'Leval', 'leval', '59620', 2495),
    ('59351', 'Limont-Fontaine', 'limont fontaine', '59330', 538),
    ('59365', 'Louvroil', 'louvroil', '59720', 6369),
    ('59370', 'Mairieux', 'mairieux', '59600', 709),
    ('59385', 'Marpent', 'marpent', '59164', 2670),
    ('59392', 'Maubeuge', 'maubeuge', '59600', 29149),
    ('59406', 'Monceau-Saint-Waast', 'monceau saint waast', '59620', 428),
    ('59424', 'Neuf-Mesnil', 'neuf mesnil', '59330', 1306),
    ('59439', 'Noyelles-sur-Sambre', 'noyelles sur sambre', '59550', 288),
    ('59442', 'Obrechies', 'obrechies', '59680', 279),
    ('59467', 'Pont-sur-Sambre', 'pont sur sambre', '59138', 2412),
    ('59483', 'Quiévelon', 'quievelon', '59680', 139),
    ('59495', 'Recquignies', 'recquignies', '59245', 2393),
    ('59514', 'Rousies', 'rousies', '59131', 4071),
    ('59542', 'Saint-Remy-Chaussée', 'saint remy chaussee', '59620', 480),
    ('59543', 'Saint-Remy-du-Nord', 'saint remy du nord', '59330', 1068),
    ('59556', 'Sassegnies', 'sassegnies', '59145', 261),
    ('59617', 'Vieux-Mesnil', 'vieux mesnil', '59138', 644),
    ('59618', 'Vieux-Reng', 'vieux reng', '59600', 930),
    ('59627', 'Villers-Sire-Nicole', 'villers sire nicole', '59600', 1017);
