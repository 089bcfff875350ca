INSERT INTO receipt VALUES (1, 1, 'accepted', '', '{}', '2025310001.jpg', 1, '{"pile":"matched","student":1,"by":"student_no"}', '回执.xlsx', 'aa', 'B2', '王老师', '2025-09-25T01:00:00.000Z', 1);
INSERT INTO paper_photo VALUES (1, 1);
