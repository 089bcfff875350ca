INSERT INTO log (id, round, at, reviewer, what, subject, subject_id, undo, before, after) VALUES
(1, 1, '2025-09-01T00:00:00.000Z', '王老师', 'round_created', 'round', 1, NULL, NULL, '{"name":"2025 级研究生","profile":"moe99"}'),
(2, 1, '2025-09-02T00:00:00.000Z', '王老师', 'roster_imported', 'round', 1, NULL, NULL, '{"outcome":{"added":4,"taken_off":0,"unchanged":0,"updated":0},"source":"张小明整理的名单.xlsx"}'),
(3, 1, '2025-09-11T01:00:01.000Z', '王老师', 'decided', 'submission', 2, 1, NULL, '{"decision":2,"kind":"rejected","note":"已电话告知","reasons":[{"code":"GEO-02","text":"眼睛位置偏高"},{"code":null,"text":"请张小明重拍"}],"reviewer":"王老师"}');
