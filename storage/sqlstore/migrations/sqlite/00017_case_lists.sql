-- +goose Up
-- The lists of cases, each in its order within a unit. A view has an index of its own where few of the open cases are in
-- it: a page is read at once however many cases there are.
CREATE INDEX cases_list_open ON cases (unit, due_at, id, kind) WHERE state NOT IN ('closed', 'withdrawn');
CREATE INDEX cases_list_category ON cases (category, unit, due_at, id) WHERE state NOT IN ('closed', 'withdrawn');
CREATE INDEX cases_list_risk ON cases (unit, due_at, id) WHERE state NOT IN ('closed', 'withdrawn') AND alarm = 'officer';
CREATE INDEX cases_list_breached ON cases (unit, due_at, id) WHERE state NOT IN ('closed', 'withdrawn') AND breached_at > 0;
CREATE INDEX cases_list_unit ON cases (unit, due_at, id) WHERE state = 'referred';
CREATE INDEX cases_list_member ON cases (unit, due_at, id) WHERE state IN ('waiting_member', 'proposed');
CREATE INDEX cases_list_orphans ON cases (unit, due_at, id) WHERE state NOT IN ('closed', 'withdrawn') AND next_at = 0;
CREATE INDEX cases_list_closed ON cases (unit, opened_at, id) WHERE state IN ('closed', 'withdrawn');
CREATE INDEX cases_list_suggestions ON cases (unit, opened_at, id) WHERE kind = 'suggestion';
CREATE INDEX referrals_answered ON referrals (unit, replied_at, id) WHERE replied_at > 0;
CREATE INDEX approvals_number ON approvals (number) WHERE number <> '';
CREATE INDEX contacts_case ON contacts (case_id) WHERE case_id <> '';
