INSERT INTO undo VALUES (1, 1, '王老师', 'decided', '2025-09-11T01:00:01.000Z', NULL);
INSERT INTO undo_change VALUES (1, 2, NULL, '2');
