"""The C8 CNN in PyTorch: ordinary convolutions whose filters are made of free weights and turned harmonics."""
import math

import torch
import torch.nn.functional as F

ROTATIONS = 8
BLOCKS = [(5, None), (5, 2), (3, None), (3, 2), (3, None), (3, 2), (3, None), (3, 1)]


def build(name, batch, size, fields):
    blocks = [
        Block(kernel, stride, fields, *((3, 1) if i == 0 else (fields, ROTATIONS)))
        for i, (kernel, stride) in enumerate(BLOCKS)
    ]
    network = torch.nn.Sequential(*blocks)
    pixels = torch.randn(batch, 3, size, size)
    return lambda: network(pixels).square().mean(), list(network.parameters())


class Block(torch.nn.Module):
    def __init__(self, kernel, stride, fields, in_fields, in_rotations):
        super().__init__()
        self.basis = make_basis(kernel, in_rotations)
        count = in_fields * len(self.basis)
        self.weights = torch.nn.Parameter(math.sqrt(2 / count) * torch.randn(fields, in_fields, len(self.basis)))
        self.normalisation = torch.nn.BatchNorm3d(fields)
        self.shape = fields, in_fields, in_rotations, kernel
        self.stride, self.blur = stride, make_blur(fields * ROTATIONS)

    def filters(self):
        fields, in_fields, in_rotations, kernel = self.shape
        filters = (self.weights @ self.basis).view(fields, in_fields, ROTATIONS, in_rotations, kernel, kernel)
        return filters.transpose(1, 2).reshape(fields * ROTATIONS, in_fields * in_rotations, kernel, kernel)

    def forward(self, x):
        y = F.conv2d(x, self.filters(), padding=self.shape[-1] // 2)
        y = F.relu(self.normalisation(y.unflatten(1, (-1, ROTATIONS)))).flatten(1, 2)
        if self.stride is None:
            return y
        return F.conv2d(y, self.blur, stride=self.stride, padding=2, groups=len(self.blur))


def make_basis(kernel, in_rotations):
    """[(distance of rotations, harmonic), (out rotation, in rotation, pixel)]."""
    turned = torch.stack([harmonics(kernel, turn) for turn in range(ROTATIONS)])
    basis = torch.zeros(in_rotations, turned.shape[1], ROTATIONS, in_rotations, kernel**2)
    for apart in range(in_rotations):
        for turn in range(ROTATIONS):
            basis[apart, :, turn, (turn + apart) % in_rotations] = turned[turn]
    return basis.reshape(in_rotations * turned.shape[1], -1)


def harmonics(kernel, turn):
    outermost = kernel // 2
    rings = [(0, 0.005, 0, 0.0)]
    for radius in range(1, outermost + 1):
        width = 0.4 if radius == outermost else 0.6
        rings += [(radius, width, 0, 0.0)]
        rings += [(radius, width, m, phase) for m in (1, 2) for phase in (0.0, math.pi / 2)]
    axis = torch.arange(kernel) - outermost
    y, x = torch.meshgrid(-axis, axis, indexing="ij")
    rho, angle = torch.hypot(x.float(), y.float()), torch.atan2(y.float(), x.float()) - turn * math.pi / 4
    filters = [
        torch.exp(-((rho - r) ** 2) / (2 * s**2)) * torch.cos(m * angle - phase) * ((rho > 0) | (m == 0))
        for r, s, m, phase in rings
    ]
    return torch.stack([f / f.norm() for f in filters]).flatten(1)


def make_blur(channels, sigma=0.66):
    bell = torch.exp(-(torch.arange(-2, 3) ** 2) / (2 * sigma**2))
    return torch.outer(bell, bell).div(bell.sum() ** 2).expand(channels, 1, 5, 5).contiguous()
