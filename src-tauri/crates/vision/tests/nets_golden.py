"""Makes nets_golden.json: what the official runtime answers for the pictures that nets_golden.rs draws.

Run by hand, never by the tests:
    python3.11 -m venv venv && venv/bin/pip install "mediapipe==0.10.21" "numpy<2"
    venv/bin/python nets_golden.py <node_modules folder> > nets_golden.json
The folder must hold @mediapipe/face_mesh 0.4.1657299874 and @mediapipe/selfie_segmentation 0.1.1675465747; the graphs
below run these very weights in MediaPipe's own calculators, with the options of its own face graphs.
The pictures are drawn with integer arithmetic only, so that both languages draw the same bytes.
"""

import json
import os
import sys
import tempfile

import mediapipe as mp
import numpy as np
from mediapipe.framework.formats import rect_pb2
from mediapipe.python import packet_creator, packet_getter

WIDTH, HEIGHT = 480, 640


def oval(x, y, cx, cy, a, b):
    """1000 times the squared elliptical distance from the centre: below 1000 is inside."""
    dx, dy = x - cx, y - cy
    return (dx * dx * b * b + dy * dy * a * a) * 1000 // (a * a * b * b)


def draw(kind):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.int64)
    if kind == "noise":
        value = (x * 7919 + y * 104729 + x * y * 31) % 65521
        return np.stack([value % 251, value // 7 % 241, value // 13 % 239], axis=-1).astype(np.uint8)
    image = np.stack([90 + y // 16, 170 - y // 16, 245 - x // 32], axis=-1)

    def paint(inside, shade, color):
        for channel in range(3):
            image[..., channel] = np.where(inside, np.maximum(color[channel] - shade, 0), image[..., channel])

    flat = x * 0
    paint(oval(x, y, 240, 650, 190, 180) < 1000, flat, (40, 42, 60))
    paint((abs(x - 240) < 48) & (y > 380) & (y < 520), abs(x - 240) // 2, (205, 160, 135))
    paint(oval(x, y, 240, 275, 122, 158) < 1000, flat, (38, 28, 24))
    for ear in (128, 352):
        paint(oval(x, y, ear, 305, 17, 34) < 1000, flat, (200, 150, 125))
    face = oval(x, y, 240, 300, 108, 142)
    paint((face < 1000) & (y > 190), face // 18, (228, 184, 158))
    for eye in (194, 286):
        paint(oval(x, y, eye, 254, 30, 6) < 1000, flat, (52, 38, 32))
        paint(oval(x, y, eye, 284, 24, 14) < 1000, flat, (150, 105, 90))
        paint(oval(x, y, eye, 285, 21, 10) < 1000, flat, (240, 236, 232))
        paint(oval(x, y, eye, 285, 10, 10) < 1000, flat, (82, 54, 36))
        paint(oval(x, y, eye, 285, 5, 5) < 1000, flat, (18, 12, 10))
    paint((abs(x - 240) < 5 + (y - 280) // 8) & (y > 280) & (y < 340), abs(x - 240) * 2, (240, 200, 172))
    paint(oval(x, y, 240, 344, 24, 10) < 1000, flat, (198, 146, 122))
    for nostril in (230, 250):
        paint(oval(x, y, nostril, 348, 6, 3) < 1000, flat, (110, 70, 60))
    paint(oval(x, y, 240, 384, 38, 13) < 1000, flat, (176, 88, 86))
    paint((oval(x, y, 240, 384, 36, 12) < 1000) & (abs(y - 383) < 2), flat, (110, 48, 50))
    return image.astype(np.uint8)


def graph(model, side, options, outputs, custom=False):
    """A graph that cuts the region out, runs the model and gives output tensors as floats."""
    resolver = """node { calculator: "TfLiteCustomOpResolverCalculator" output_side_packet: "OP_RESOLVER:resolver"
      node_options: { [type.googleapis.com/mediapipe.TfLiteCustomOpResolverCalculatorOptions] { use_gpu: false } } }"""
    use = 'input_side_packet: "OP_RESOLVER:resolver"' if custom else ""
    text = f"""input_stream: "image" input_stream: "rect" {resolver if custom else ''}
    node {{ calculator: "ImageToTensorCalculator" input_stream: "IMAGE:image" input_stream: "NORM_RECT:rect"
      output_stream: "TENSORS:cut" options {{ [mediapipe.ImageToTensorCalculatorOptions.ext] {{
        output_tensor_width: {side} output_tensor_height: {side} {options} }} }} }}
    node {{ calculator: "InferenceCalculator" {use} input_stream: "TENSORS:cut" output_stream: "TENSORS:all"
      options {{ [mediapipe.InferenceCalculatorOptions.ext] {{ model_path: "{model}" delegate {{ xnnpack {{}} }} }} }} }}
    node {{ calculator: "SplitTensorVectorCalculator" input_stream: "all"
      {' '.join(f'output_stream: "part{i}"' for i in range(outputs))}
      options {{ [mediapipe.SplitVectorCalculatorOptions.ext] {{
        {' '.join(f'ranges {{ begin: {i} end: {i + 1} }}' for i in range(outputs))} }} }} }}"""
    for i in range(outputs):
        text += f"""output_stream: "floats{i}" node {{ calculator: "TensorsToFloatsCalculator"
          input_stream: "TENSORS:part{i}" output_stream: "FLOATS:floats{i}" }}"""
    return text


def run(text, outputs, image, region):
    found = {}
    network = mp.CalculatorGraph(graph_config=text)
    for i in range(outputs):
        network.observe_output_stream(f"floats{i}", lambda name, p: found.update({name: packet_getter.get_float_list(p)}))
    network.start_run()
    x, y, side, turn = region
    rect = rect_pb2.NormalizedRect(
        x_center=x / WIDTH, y_center=y / HEIGHT, width=side[0] / WIDTH, height=side[1] / HEIGHT, rotation=turn
    )
    frame = packet_creator.create_image_frame(data=image, image_format=mp.ImageFormat.SRGB)
    network.add_packet_to_input_stream("image", frame.at(0))
    network.add_packet_to_input_stream("rect", packet_creator.create_proto(rect).at(0))
    network.wait_until_idle()
    return [np.array(found[f"floats{i}"]) for i in range(outputs)]


def main():
    packages = os.path.join(sys.argv[1], "@mediapipe")
    with open(f"{packages}/face_mesh/face_mesh_solution_packed_assets.data", "rb") as file:
        blob = file.read()
    folder = tempfile.mkdtemp()
    for name, start, end in [("mesh", 0, 2495952), ("detector", 3757224, 3986256)]:
        with open(f"{folder}/{name}.tflite", "wb") as file:
            file.write(blob[start:end])
    unit = "output_tensor_float_range { min: 0.0 max: 1.0 }"
    mesh = graph(f"{folder}/mesh.tflite", 192, unit, 7, custom=True)
    mask = graph(f"{packages}/selfie_segmentation/selfie_segmentation.tflite", 256, unit, 1, custom=True)
    golden = {"detections": [], "meshes": [], "masks": []}
    finder = mp.solutions.face_detection.FaceDetection(model_selection=0, min_detection_confidence=0.5)
    for kind in ("face", "noise"):
        image = draw(kind)
        faces = finder.process(image).detections or []
        golden["detections"].append({"picture": kind, "faces": [{
            "box": [round(v, 3) for b in [d.location_data.relative_bounding_box] for v in
                    (b.xmin * WIDTH, b.ymin * HEIGHT, b.width * WIDTH, b.height * HEIGHT)],
            "keypoints": [[round(k.x * WIDTH, 3), round(k.y * HEIGHT, 3)] for k in d.location_data.relative_keypoints],
            "score": round(d.score[0], 5)} for d in faces]})
        for region in ((240.0, 300.0, 330.0, 0.0), (250.0, 310.0, 288.0, 0.25), (232.0, 296.0, 380.0, -0.3)):
            x, y, side, turn = region
            parts = run(mesh, 7, image, (x, y, (side, side), turn))
            logit = round(float(parts[6][0]), 4)
            if kind == "noise":
                # Landmarks of no face hang on the last bit of every byte: only the flag means something.
                golden["meshes"].append({"picture": kind, "region": region, "face_logit": logit})
                continue
            golden["meshes"].append({
                "picture": kind, "region": region, "face_logit": logit,
                "surface": [[round(float(v), 3) for v in parts[0][3 * i:3 * i + 3]] for i in range(0, 468, 9)],
                "lips": [round(float(v), 3) for v in parts[1][:40]],
                "left_eye": [round(float(v), 3) for v in parts[2][:32]],
                "right_eye": [round(float(v), 3) for v in parts[3][:32]],
                "left_iris": [round(float(v), 3) for v in parts[4]],
                "right_iris": [round(float(v), 3) for v in parts[5]]})
        whole = (WIDTH / 2, HEIGHT / 2, (WIDTH, HEIGHT), 0.0)
        cells = run(mask, 1, image, whole)[0]
        golden["masks"].append({"picture": kind, "every_331st_cell": [round(float(v), 4) for v in cells[::331]]})
    golden["checksum"] = {kind: int(np.sum(draw(kind).reshape(-1).astype(np.int64) * (np.arange(WIDTH * HEIGHT * 3) % 97 + 1)))
                          for kind in ("face", "noise")}
    json.dump(golden, sys.stdout, separators=(",", ":"))
    print()


main()
