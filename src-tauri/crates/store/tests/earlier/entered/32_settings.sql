INSERT INTO setting VALUES ('fee_lists.1', '{"退费.xlsx":["缴费.xlsx"]}');
INSERT INTO setting VALUES ('fee_lists.2', '{"退费');
INSERT INTO setting VALUES ('drop_folder.1', '{"folder":"D:/收照片","on":true,"reviewer":"王老师"}');
INSERT INTO setting VALUES ('drop_folder.paused', '[1]');
INSERT INTO payment VALUES (2, 1, '收|R2', 'R2', '2025-09-06', 4000, '张小明', '照相费', '{}', '缴费.xlsx', 3, '{"pile":"matched","student":1,"by":"student_no"}', '[]');
INSERT INTO payment VALUES (3, 1, '余1|收|R2', 'R2', '2025-09-06', -1500, '张小明', '照相费', '{}', '退费.xlsx', 2, '{"pile":"matched","student":1,"by":"student_no"}', '[]');
