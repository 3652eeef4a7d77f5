"""The networks of the bench in PyTorch, with the parameter names that ours have."""

import torch
from torch import nn
from torch.nn import functional as F


class Dsmil(nn.Module):
    """DSMIL in the reference's formulation: a value for every instance."""

    def __init__(self, features, attention):
        super().__init__()
        self.i_classifier = nn.Module()
        self.i_classifier.fc = nn.Sequential(nn.Linear(features, 1))
        self.b_classifier = nn.Module()
        self.b_classifier.lin = nn.Sequential(nn.Linear(features, features), nn.ReLU())
        self.b_classifier.q = nn.Sequential(nn.Linear(features, attention), nn.Tanh())
        self.b_classifier.v = nn.Sequential(nn.Dropout(0.0), nn.Linear(features, features))
        self.b_classifier.fcc = nn.Conv1d(1, 1, kernel_size=features)

    def forward(self, bag):
        scores = self.i_classifier.fc(bag)
        hidden = self.b_classifier.lin(bag)
        values = self.b_classifier.v(hidden)
        queries = self.b_classifier.q(hidden)
        critical = queries[scores[:, 0].argmax()]
        attention = torch.softmax(queries @ critical / queries.shape[1] ** 0.5, 0)
        embedding = attention[None] @ values
        return scores[:, 0], self.b_classifier.fcc(embedding[None]).reshape(())


class Projection(nn.Sequential):
    def __init__(self, features, size):
        super().__init__(nn.Linear(features, features), nn.ReLU(), nn.Linear(features, size))


class Block(nn.Module):
    def __init__(self, source, target, stride, projected, norm):
        super().__init__()
        self.conv1 = nn.Conv2d(source, target, 3, stride, 1, bias=False)
        self.bn1 = norm(target)
        self.conv2 = nn.Conv2d(target, target, 3, 1, 1, bias=False)
        self.bn2 = norm(target)
        self.downsample = nn.Sequential(nn.Conv2d(source, target, 1, stride, bias=False), norm(target)) if projected else None

    def forward(self, x):
        inner = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)), inplace=True)))
        return F.relu(inner + (self.downsample(x) if self.downsample is not None else x), inplace=True)


class Resnet(nn.Module):
    """Basic blocks as `architecture` in src/encoders/resnet lays them out."""

    def __init__(self, shape, norm):
        super().__init__()
        stem = shape["stem"]
        self.conv1 = nn.Conv2d(3, stem["channels"], 7, stem["stride"], 3, bias=False)
        self.bn1 = norm(stem["channels"])
        self.pool = nn.MaxPool2d(3, 2, 1) if shape["pooled"] else nn.Identity()
        self.stages = []
        for block in shape["blocks"]:
            stage, index = block["name"].split(".")
            if not hasattr(self, stage):
                setattr(self, stage, nn.Sequential())
                self.stages.append(stage)
            getattr(self, stage).add_module(index, Block(block["from"], block["to"], block["stride"], block["projected"], norm))

    def forward(self, x):
        x = self.pool(F.relu(self.bn1(self.conv1(x)), inplace=True))
        for stage in self.stages:
            x = getattr(self, stage)(x)
        return x.mean((2, 3))


class ContrastiveResnet(Resnet):
    def __init__(self, shape):
        super().__init__(shape, lambda channels: nn.InstanceNorm2d(channels, affine=True))
        self.projection = Projection(shape["featureSize"], shape["projection"])

    def forward(self, x):
        return self.projection(super().forward(x))


class SmallCnn(nn.Module):
    """Four blocks of 3 × 3 convolution, batch norm by the batch's own moments, ReLU and 2 × 2 max-pool."""

    def __init__(self, channels, projection):
        super().__init__()
        pairs = list(zip(channels, channels[1:]))
        self.conv = nn.ModuleList(nn.Conv2d(source, target, 3, 1, 1, bias=False) for source, target in pairs)
        self.norm = nn.ModuleList(nn.BatchNorm2d(target, track_running_stats=False) for target in channels[1:])
        self.projection = nn.Linear(channels[-1], projection)

    def forward(self, x):
        for convolve, norm in zip(self.conv, self.norm):
            x = F.max_pool2d(F.relu(norm(convolve(x)), inplace=True), 2)
        return self.projection(x.mean((2, 3)))
