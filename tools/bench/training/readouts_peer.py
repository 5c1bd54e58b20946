"""The factorised, Gaussian and transformer readouts as one would write them in PyTorch."""
import torch
import torch.nn.functional as F

from losses_peer import mean_squared_error_and_concordance


def build(name, batch, voxels, **shape):
    readout = {"factorized": Factorized, "gaussian2d": Gaussian2d, "transformer": Transformer}[name](voxels, **shape)
    feature_map = torch.randn(batch, shape["channels"], shape["height"], shape["width"])
    extra = readout.inputs(batch)
    target, mask = torch.randn(batch, voxels), torch.ones(batch, voxels, dtype=torch.bool)
    loss_of = lambda: mean_squared_error_and_concordance(readout(feature_map, *extra), target, mask)
    return loss_of, list(readout.parameters())


class Readout(torch.nn.Module):
    def __init__(self, voxels, channels, **_):
        super().__init__()
        self.features = torch.nn.Parameter(0.05 * torch.randn(voxels, channels))
        self.bias = torch.nn.Parameter(torch.zeros(voxels))

    def inputs(self, batch):
        return ()

    def weigh(self, seen):
        """[batch, channel, voxel] to [batch, voxel]."""
        return (seen * self.features.T).sum(1) + self.bias


class Factorized(Readout):
    def __init__(self, voxels, height, width, **shape):
        super().__init__(voxels, **shape)
        self.spatial = torch.nn.Parameter(1e-3 * torch.randn(voxels, height * width))

    def masks(self):
        return self.spatial / (self.spatial.norm(dim=1, keepdim=True) + 1e-6)

    def forward(self, feature_map):
        return self.weigh(torch.matmul(feature_map.flatten(2), self.masks().T))


class Gaussian2d(Readout):
    def __init__(self, voxels, **shape):
        super().__init__(voxels, **shape)
        self.mu = torch.nn.Parameter(0.3 * torch.randn(voxels, 2))
        self.sigma = torch.nn.Parameter(0.3 * torch.randn(voxels, 2))

    def inputs(self, batch):
        return (torch.randn(batch, *self.mu.shape),)

    def forward(self, feature_map, eps):
        places = (self.mu + self.sigma * eps).clamp(-1, 1)
        return self.weigh(F.grid_sample(feature_map, places[:, :, None], align_corners=True)[..., 0])


class Transformer(Factorized):
    def __init__(self, voxels, descriptor, hidden, **shape):
        super().__init__(voxels, **shape)
        self.size = shape["height"], shape["width"]
        self.voxel_mover = mover(descriptor, hidden, voxels)
        self.channel_mover = mover(descriptor, hidden, shape["channels"])
        self.descriptor = descriptor

    def inputs(self, batch):
        return (torch.randn(batch, self.descriptor),)

    def forward(self, feature_map, descriptor):
        batch, channels = feature_map.shape[:2]
        voxels = self.features.shape[0]
        masks = self.masks().expand(batch, voxels, -1)
        masks = warp(masks.reshape(-1, 1, *self.size), self.voxel_mover(descriptor)).view(batch, voxels, -1)
        maps = warp(feature_map.reshape(-1, 1, *self.size), self.channel_mover(descriptor)).view(batch, channels, -1)
        return self.weigh(torch.matmul(maps, masks.transpose(1, 2)))


def mover(descriptor, hidden, things):
    layers = torch.nn.Sequential(
        torch.nn.Linear(descriptor, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 6 * things)
    )
    torch.nn.init.normal_(layers[2].weight, std=0.02)
    with torch.no_grad():
        layers[2].bias.copy_(torch.tensor([1.0, 0, 0, 0, 1, 0]).repeat(things))
    return layers


def warp(planes, numbers):
    grid = F.affine_grid(numbers.view(-1, 2, 3), planes.shape, align_corners=False)
    return F.grid_sample(planes, grid, align_corners=False)
