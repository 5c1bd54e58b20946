"""Write the reference network of this folder: a small CLIP image encoder with random weights, as torch exports it, and
what torch computes with it for one image file. Versions: see README.md.

    python make.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from PIL import Image
from transformers import CLIPImageProcessorPil, CLIPVisionConfig, CLIPVisionModelWithProjection

FOLDER = Path(__file__).parent
SIZE = 32


def write_image(path):
    """Coloured gratings and a disc, 97 x 70 pixels: fine detail, so that the kind of resampling shows."""
    y, x = np.mgrid[0:70, 0:97]
    waves = [np.sin(x * 0.9 + y * 0.2), np.cos(x * 0.35 - y * 0.8), np.sin((x * x + y * y) * 0.004)]
    disc = (x - 60) ** 2 + (y - 30) ** 2 < 300
    pixels = np.stack([127.5 + 100 * wave for wave in waves], axis=-1)
    pixels[disc] = [230, 120, 20]
    Image.fromarray(pixels.round().astype(np.uint8)).save(path, optimize=True)


def make_network(attention):
    config = CLIPVisionConfig(
        hidden_size=16,
        intermediate_size=32,
        projection_dim=12,
        num_hidden_layers=2,
        num_attention_heads=2,
        image_size=SIZE,
        patch_size=8,
        attn_implementation=attention,
    )
    network = CLIPVisionModelWithProjection(config).eval()
    generator = torch.Generator().manual_seed(0)
    for name, weights in network.named_parameters():
        noise = torch.randn(weights.shape, generator=generator)
        is_matrix = weights.ndim > 1 and "position" not in name
        is_gain = weights.ndim == 1 and "norm" in name and name.endswith("weight")
        weights.data = noise * (weights[0].numel() ** -0.5 if is_matrix else 0.3) + is_gain
    return network


class ImageEmbeds(torch.nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, pixel_values):
        return self.network(pixel_values).image_embeds


def export(network, pixels, path, opset, **options):
    """One file, with the batch left open, without the exporter's notes on where its nodes are from."""
    names = {"input_names": ["pixel_values"], "output_names": ["image_embeds"]}
    torch.onnx.export(ImageEmbeds(network), (pixels,), path, opset_version=opset, **names, **options)
    model = onnx.load(path)
    graph = model.graph
    for part in [*graph.node, *graph.value_info, *graph.input, *graph.output, *graph.initializer, graph, model]:
        del part.metadata_props[:]
        part.doc_string = ""
    onnx.save(model, path)


def main():
    warnings.filterwarnings("ignore")
    write_image(FOLDER / "image.png")
    sizes = {"size": {"shortest_edge": SIZE}, "crop_size": {"height": SIZE, "width": SIZE}}
    processor = CLIPImageProcessorPil(**sizes)
    (FOLDER / "preprocessor_config.json").write_text(processor.to_json_string())
    image = Image.open(FOLDER / "image.png")
    pixels = processor(image, return_tensors="pt")["pixel_values"]
    network = make_network("eager")
    with torch.no_grad():
        outputs = network(pixels, output_hidden_states=True)
    reference = {
        "hiddenStates": [state[0].tolist() for state in outputs.hidden_states],
        "imageEmbeds": outputs.image_embeds[0].tolist(),
    }
    (FOLDER / "reference.json").write_text(json.dumps(reference) + "\n")
    export(network, pixels, FOLDER / "classic.onnx", 14, dynamo=False, dynamic_axes={"pixel_values": {0: "batch"}})
    batch = {"pixel_values": {0: torch.export.Dim("batch")}}
    export(make_network("sdpa"), pixels, FOLDER / "dynamo.onnx", 18, dynamo=True, dynamic_shapes=batch, external_data=False)


main()
