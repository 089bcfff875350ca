INSERT INTO round_scope VALUES (1, '{"cohorts":[{"grades":["2025"]}],"redo":false}');
INSERT INTO student_mark VALUES (3, 1, '{"straggler":true,"collected":false,"excluded":null,"note":"晚到"}');
