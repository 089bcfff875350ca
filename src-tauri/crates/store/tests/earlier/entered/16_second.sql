INSERT INTO decision VALUES (4, 1, 'approved', '[]', '', '李老师', '2025-09-12T01:00:00.000Z');
INSERT INTO second_review VALUES
(1, 1, 'sampled', '王老师', '2025-09-11T02:00:00.000Z', 0),
(2, 4, 'held', '王老师', '2025-09-11T02:00:00.000Z', 0);
INSERT INTO second_verdict VALUES (4, 1, 1, 4);
UPDATE submission SET decision = 4 WHERE id = 1;
