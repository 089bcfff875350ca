PRAGMA foreign_keys = OFF;
PRAGMA application_id = 1514689352;
PRAGMA user_version = 1;
CREATE TABLE round ( id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, school_code TEXT NOT NULL, opens_on TEXT, closes_on TEXT, profile_name TEXT NOT NULL, profile TEXT NOT NULL, created_at TEXT NOT NULL ) STRICT;
INSERT INTO round VALUES (1, '2025 级研究生', '10054', '2025-09-01', '2025-10-15', 'moe99', '{"name":"moe99","title":"标准","source":"测试","rendition":{"width_px":480,"height_px":640,"dpi":300,"min_quality":60,"min_bytes":20000,"max_bytes":40000},"background":{"allowed":[],"any_single_colour":true},"rules":{}}', '2025-09-01T00:00:00.000Z');
INSERT INTO round VALUES (2, '补采 ''一''', '10054', NULL, NULL, 'moe99', '{"name":"moe99","title":"标准","source":"测试","rendition":{"width_px":480,"height_px":640,"dpi":300,"min_quality":60,"min_bytes":20000,"max_bytes":40000},"background":{"allowed":[],"any_single_colour":true},"rules":{}}', '2025-09-02T00:00:00.000Z');
