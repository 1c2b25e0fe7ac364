-- Answers of cwgrade kept for years: rules, facts and results by digest; superseded, never overwritten.
-- PostgreSQL 13 or later; btree_gist comes with it.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- Rules: what `freeze` gave, once for each state of the schemes.
CREATE TABLE rules (
    digest     text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
    frozen     bytea NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    -- the name on the file is the name in it; `thaw` checks that the content fits
    CONSTRAINT frozen_names_its_digest CHECK (convert_from(frozen, 'UTF8')::jsonb ->> 'digest' = digest)
);

-- Facts: a worker's facts as they stood when a question was asked, once for each state.
CREATE TABLE facts (
    digest    text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
    worker_id text NOT NULL CHECK (worker_id <> ''),
    worker    jsonb NOT NULL,
    UNIQUE (digest, worker_id)
);

-- Results: one answer to one question. A later answer supersedes it and leaves it as it is.
CREATE TABLE results (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- the question: who, what, by which scheme, about which days: [first day, day after the last)
    worker_id   text NOT NULL,
    asks        text NOT NULL CHECK (asks IN ('pay_for_month', 'grade', 'pay', 'arrears_between')),
    scheme      text NOT NULL,
    about       daterange NOT NULL CHECK (NOT isempty(about)),
    -- what it was answered from
    known_on    date,
    rules       text NOT NULL REFERENCES rules,
    version     text,
    facts       text,
    -- the answer; `stored` is what `store` gave, byte for byte, and `recompute` reads it
    outcome     text,
    fen         bigint,
    digest      text NOT NULL UNIQUE CHECK (digest ~ '^[0-9a-f]{64}$'),
    stored      bytea NOT NULL,
    answered_at timestamptz NOT NULL DEFAULT now(),
    -- the answer to the same question before this one; no answer is superseded twice
    supersedes  bigint UNIQUE CHECK (supersedes < id),
    UNIQUE (id, worker_id, asks, scheme, about),
    FOREIGN KEY (supersedes, worker_id, asks, scheme, about)
        REFERENCES results (id, worker_id, asks, scheme, about),
    FOREIGN KEY (facts, worker_id) REFERENCES facts (digest, worker_id),
    -- back pay compares two states of facts and rules; its stored line holds both
    CONSTRAINT rests_on_facts_and_version CHECK (
        (facts IS NOT NULL AND version IS NOT NULL) OR asks = 'arrears_between'
    ),
    CONSTRAINT an_amount_is_decided CHECK (fen IS NULL OR asks = 'arrears_between' OR outcome = 'decided'),
    -- The first answers to two questions never overlap, and every other answer has one before it. So the answers to a
    -- question are one chain, and no month is answered, or paid, in two.
    CONSTRAINT no_doubles EXCLUDE USING gist (
        worker_id WITH =, asks WITH =, scheme WITH =, about WITH &&
    ) WHERE (supersedes IS NULL)
);

-- The answers that hold: nothing supersedes them.
CREATE VIEW standing_results AS
    SELECT one.* FROM results AS one
    WHERE NOT EXISTS (SELECT FROM results AS later WHERE later.supersedes = one.id);

-- The reasons, as JSON that can be searched; the bytes stay the truth.
CREATE VIEW derivations AS
    SELECT id, worker_id, asks, about, convert_from(stored, 'UTF8')::jsonb -> 'reasons' AS reasons
    FROM results;

-- Payments: what was really paid, each beside the result it was paid by.
CREATE TABLE payments (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    result   bigint NOT NULL REFERENCES results,
    paid_on  date NOT NULL,
    fen      bigint NOT NULL,
    document text NOT NULL CHECK (document <> ''),
    -- the same transfer is not booked twice
    UNIQUE (result, document)
);

-- Keeps frozen rules; the same ones are kept once.
CREATE FUNCTION keep_rules(given bytea) RETURNS text LANGUAGE sql AS $$
    INSERT INTO rules (digest, frozen)
    VALUES (convert_from(given, 'UTF8')::jsonb ->> 'digest', given)
    ON CONFLICT (digest) DO NOTHING;
    SELECT convert_from(given, 'UTF8')::jsonb ->> 'digest';
$$;

-- Keeps a line of `store`: a later answer to the same question supersedes the one that holds. The same line is kept once.
-- Where two clerks answer at once, the second gets a unique or exclusion violation, and asks again.
CREATE FUNCTION keep_result(line bytea) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    told     jsonb := convert_from(line, 'UTF8');
    request  jsonb := told -> 'request';
    outcome  jsonb := told -> 'answer' -> 'outcome';
    question text  := CASE request ->> 'asks' WHEN 'on_day' THEN request ->> 'what'
                                              ELSE request ->> 'asks' END;
    person   text  := told -> 'worker' ->> 'id';
    place    text  := request ->> 'scheme';
    days     daterange;
    kept     bigint;
BEGIN
    SELECT id INTO kept FROM results WHERE results.digest = told ->> 'digest';
    IF kept IS NOT NULL THEN
        RETURN kept;
    END IF;
    SELECT CASE request ->> 'asks'
        WHEN 'on_day' THEN daterange((request ->> 'on')::date, (request ->> 'on')::date, '[]')
        WHEN 'pay_for_month' THEN daterange(first, (first + interval '1 month')::date)
        ELSE (SELECT daterange(min(start), (max(start) + interval '1 month')::date)
              FROM jsonb_array_elements(request -> 'months') AS month,
                   make_date((month ->> 0)::int, (month ->> 1)::int, 1) AS start)
        END
    INTO days
    FROM (SELECT CASE WHEN request ? 'year' THEN
              make_date((request ->> 'year')::int, (request ->> 'month')::int, 1) END AS first) AS month;
    INSERT INTO facts (digest, worker_id, worker)
    SELECT told -> 'rests_on' ->> 'facts_digest', person, told -> 'worker'
    WHERE told ? 'rests_on'
    ON CONFLICT (digest) DO NOTHING;
    INSERT INTO results (
        worker_id, asks, scheme, about, known_on, rules, version, facts, outcome, fen, digest, stored, supersedes
    ) VALUES (
        person, question, place, days,
        coalesce(request ->> 'known_on', request ->> 'known_after')::date,
        told ->> 'rules',
        told -> 'rests_on' ->> 'digest',
        told -> 'rests_on' ->> 'facts_digest',
        outcome ->> 'status',
        CASE WHEN question = 'arrears_between' THEN (told -> 'answer' ->> 'total_fen')::bigint
             WHEN question <> 'grade' AND outcome ->> 'status' = 'decided' THEN (outcome ->> 'value')::bigint
        END,
        told ->> 'digest',
        line,
        (SELECT id FROM standing_results AS held
         WHERE held.worker_id = person AND held.asks = question AND held.scheme = place AND held.about = days)
    )
    RETURNING id INTO kept;
    RETURN kept;
END $$;

-- Nothing is overwritten or taken away.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only added to: supersede a row instead', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER rules_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON rules
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER facts_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON facts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER results_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON results
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payments_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON payments
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
