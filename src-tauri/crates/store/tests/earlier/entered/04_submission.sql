INSERT INTO submission (id, round, student, n, photo, file_name, source, received_at, matching, rejected_before, decision, verdict, failing) VALUES
(1, 1, 1, 1, X'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb', '2025310001.jpg', '照片/2025310001.jpg', '2025-09-10T01:00:00.000Z', '{"pile":"matched","student":1,"by":"student_no"}', 0, NULL, 'pass', '[]'),
(2, 1, 2, 1, X'3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d', '买买提.jpg', '照片/买买提.jpg', '2025-09-10T01:00:00.000Z', '{"pile":"matched","student":2,"by":"name"}', 0, NULL, 'fail', '["GEO-02"]'),
(3, 1, NULL, NULL, X'2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6', 'IMG_1.jpg', '照片/IMG_1.jpg', '2025-09-10T01:00:00.000Z', '{"pile":"unknown"}', 0, NULL, NULL, '[]'),
(4, 1, 3, 1, X'18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4', '李𠮷.jpg', '照片/李𠮷.jpg', '2025-09-10T01:00:01.000Z', '{"pile":"matched","student":3,"by":"name"}', 0, NULL, 'warn', '[]');
