INSERT INTO payment VALUES (1, 1, 'R1', 'R1', '2025-09-05', 2000, '张小明', '照相费', '{}', '缴费.xlsx', 2, '{"pile":"matched","student":1,"by":"student_no"}');
