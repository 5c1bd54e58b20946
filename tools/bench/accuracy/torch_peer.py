"""python3 torch_peer.py <folder> <batch size>: the same network, weights and batches in PyTorch."""

import json
import sys
import time

import numpy
import torch
from torch import nn

folder, batch_size = sys.argv[1], int(sys.argv[2])


def read(name):
    return torch.from_numpy(numpy.load(f"{folder}/{name}.npy"))


def block(filters):
    convolution = nn.Conv2d(filters.shape[1], filters.shape[0], 3, padding=1, bias=False)
    convolution.weight.data.copy_(filters)
    return [convolution, nn.BatchNorm2d(filters.shape[0]), nn.ReLU(), nn.MaxPool2d(2)]


convolutions = [read(f"conv{i}") for i in (1, 2, 3)]
weights = read("linear")
linear = nn.Linear(weights.shape[1], weights.shape[0])
linear.weight.data.copy_(weights)
linear.bias.data.zero_()
network = nn.Sequential(
    *[layer for filters in convolutions for layer in block(filters)],
    nn.AdaptiveAvgPool2d(1),
    nn.Flatten(),
    linear,
)
train_images, train_classes = read("train_images"), read("train_classes").long()
test_images, test_classes = read("test_images"), read("test_classes").long()
optimiser = torch.optim.Adam(network.parameters())
rates = iter(numpy.load(f"{folder}/rates.npy"))
criterion = nn.CrossEntropyLoss()
curve = []
start = time.perf_counter()
for order in read("orders").long():
    network.train()
    losses = []
    for rows in order.split(batch_size):
        optimiser.param_groups[0]["lr"] = float(next(rates))
        optimiser.zero_grad()
        loss = criterion(network(train_images[rows]), train_classes[rows])
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    network.eval()
    with torch.no_grad():
        hits = (network(test_images).argmax(1) == test_classes).sum().item()
    curve.append({"loss": sum(losses) / len(losses), "accuracy": hits / len(test_classes)})
print(json.dumps({"seconds": time.perf_counter() - start, "curve": curve}))
