INSERT INTO decision VALUES
(1, 1, 'approved', '[]', '', '王老师', '2025-09-11T01:00:00.000Z'),
(2, 2, 'rejected', '[{"code":"GEO-02","text":"眼睛位置偏高"},{"code":null,"text":"请张小明重拍"}]', '已电话告知', '王老师', '2025-09-11T01:00:01.000Z'),
(3, 4, 'held', '[]', '疑似本人', '王老师', '2025-09-11T01:00:02.000Z');
UPDATE submission SET decision = 1 WHERE id = 1;
UPDATE submission SET decision = 2 WHERE id = 2;
UPDATE submission SET decision = 3 WHERE id = 4;
