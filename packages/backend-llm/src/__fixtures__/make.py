"""Makes the tiny language models of this folder: python make.py (torch, transformers, tokenizers, onnx).

Nothing is read from the network: weights are random, vocabularies are the words of the sentences below. Each model is
exported as published ones are, and lies in the folder as transformers.js has it. `reference.json` holds what torch
makes of the sentences, one at a time and so without padding.
"""

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
import transformers
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

HERE = Path(__file__).parent
MAX_TOKENS = 12  # of tiny-mpnet, which two of the sentences exceed
SENTENCES = [
    "a red disc",
    "A large red disc on the left, among striped patches.",
    "two small blue rings",
    "nothing",
    "Déjà vu: a zebra isn't a 2nd horse!",
]
WORDS = "a red blue green disc ring ##s large small on the left right , among striped patches . two nothing deja vu : is ##n ' t horse ! 2 ##nd z ##e ##b ##r ##a".split()


def wordpiece(cls, sep, pad, unk):
    specials = [pad, unk, cls, sep]
    vocabulary = {word: i for i, word in enumerate(specials + WORDS)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=unk))
    tokenizer.add_special_tokens(specials)
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{cls} $A {sep}",
        pair=f"{cls} $A {sep} $B:1 {sep}:1",
        special_tokens=[(cls, vocabulary[cls]), (sep, vocabulary[sep])],
    )
    return tokenizer


CLIP_PATTERN = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


def clip_bpe():
    begin, end = "<|startoftext|>", "<|endoftext|>"
    tokenizer = Tokenizer(models.BPE(unk_token=end, end_of_word_suffix="</w>"))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(CLIP_PATTERN), "removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    trainer = trainers.BpeTrainer(vocab_size=90, end_of_word_suffix="</w>", show_progress=False)
    tokenizer.train_from_iterator(SENTENCES, trainer)
    tokenizer.add_special_tokens([begin, end])
    ids = {token: tokenizer.token_to_id(token) for token in (begin, end)}
    tokenizer.post_processor = processors.RobertaProcessing(
        (end, ids[end]), (begin, ids[begin]), trim_offsets=False, add_prefix_space=False
    )
    return tokenizer


def gpt_bpe():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=280, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(SENTENCES, trainer)
    tokenizer.add_special_tokens(["<|endoftext|>"])
    return tokenizer


class Exported(torch.nn.Module):
    """What the usual exporters leave: chosen inputs by name, chosen outputs."""

    def __init__(self, model, inputs, outputs):
        super().__init__()
        self.model, self.inputs, self.outputs = model, inputs, outputs

    def forward(self, *tensors):
        made = self.model(**dict(zip(self.inputs, tensors)))
        return tuple(made[name] for name in self.outputs)


def roughen(model):
    """Random weights, large enough that blocks do something and biases and gains are not the identity."""
    generator = torch.Generator().manual_seed(7)
    for name, parameter in model.named_parameters():
        is_gain = name.endswith("weight") and ("norm" in name.lower() or ".ln_" in name)
        with torch.no_grad():
            parameter.copy_(is_gain + 0.3 * torch.randn(parameter.shape, generator=generator))


def save(folder, model, tokenizer, tokenizer_config, network, inputs, outputs, opset, extra={}):
    model.eval()
    roughen(model)
    target = HERE / folder
    shutil.rmtree(target, ignore_errors=True)
    (target / "onnx").mkdir(parents=True)
    tokenizer.save(str(target / "tokenizer.json"))
    config = {**model.config.to_diff_dict(), "architectures": [type(model).__name__]}
    for path, content in {"config.json": config, "tokenizer_config.json": tokenizer_config, **extra}.items():
        (target / path).parent.mkdir(exist_ok=True)
        (target / path).write_text(json.dumps(content, indent=2) + "\n")
    ids = torch.tensor([tokenizer.encode(SENTENCES[0]).ids] * 2)
    feeds = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "token_type_ids": torch.zeros_like(ids)}
    path = target / "onnx" / f"{network}.onnx"
    axes = {0: "batch_size", 1: "sequence_length"}
    torch.onnx.export(
        Exported(model, inputs, outputs).eval(),
        tuple(feeds[name] for name in inputs),
        str(path),
        dynamo=False,
        opset_version=opset,
        input_names=inputs,
        output_names=outputs,
        dynamic_axes={
            **{name: axes for name in inputs},
            **{name: {0: "batch_size"} if name == "text_embeds" else axes for name in outputs},
        },
    )
    return [reference(model, tokenizer, sentence) for sentence in SENTENCES]


def reference(model, tokenizer, sentence):
    """Token ids; the embedding; of every block, and of the last hidden state, mean over tokens, first and last token."""
    ids = tokenizer.encode(sentence).ids
    states = []
    keep = lambda module, given, made: states.append((made[0] if isinstance(made, tuple) else made)[0])
    blocks = next(module for module in model.modules() if isinstance(module, torch.nn.ModuleList))
    hooks = [block.register_forward_hook(keep) for block in blocks]
    with torch.no_grad():
        made = model(torch.tensor([ids]))
    for hook in hooks:
        hook.remove()
    embedding = torch.zeros(0)
    if "last_hidden_state" in made:
        states.append(made.last_hidden_state[0])
        # The recipe that is written beside tiny-mpnet.
        embedding = torch.nn.functional.normalize(made.last_hidden_state.mean(1))[0]
    if "text_embeds" in made:
        embedding = made.text_embeds[0]
    pooled = [{"mean": state.double().mean(0), "cls": state[0], "last": state[-1]} for state in states]
    return {
        "ids": ids,
        "states": [{key: rounded(vector) for key, vector in each.items()} for each in pooled],
        "embedding": rounded(embedding),
    }


def rounded(values):
    return [float(f"{value:.8g}") for value in values.tolist()]


def main():
    torch.manual_seed(0)
    made = {}
    bert = wordpiece("[CLS]", "[SEP]", "[PAD]", "[UNK]")
    mpnet = wordpiece("<s>", "</s>", "<pad>", "[UNK]")
    mpnet.enable_truncation(MAX_TOKENS)
    clip = clip_bpe()
    gpt = gpt_bpe()
    size = {"hidden_size": 16, "num_attention_heads": 2, "intermediate_size": 24}
    made["tiny-mpnet"] = save(
        "tiny-mpnet",
        transformers.MPNetModel(
            transformers.MPNetConfig(
                vocab_size=mpnet.get_vocab_size(),
                num_hidden_layers=3,
                max_position_embeddings=34,
                pad_token_id=0,
                bos_token_id=2,
                eos_token_id=3,
                **size,
            )
        ),
        mpnet,
        {"tokenizer_class": "MPNetTokenizer", "model_max_length": 32},
        *("model", ["input_ids", "attention_mask"], ["last_hidden_state"], 14),
        {
            "modules.json": [
                {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
                {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
                {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
            ],
            "1_Pooling/config.json": {
                "word_embedding_dimension": 16,
                "pooling_mode_cls_token": False,
                "pooling_mode_mean_tokens": True,
                "pooling_mode_max_tokens": False,
                "pooling_mode_mean_sqrt_len_tokens": False,
            },
            "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        },
    )
    made["tiny-bert"] = save(
        "tiny-bert",
        transformers.BertModel(
            transformers.BertConfig(
                vocab_size=bert.get_vocab_size(), num_hidden_layers=2, max_position_embeddings=32, **size
            ),
            add_pooling_layer=False,
        ),
        bert,
        {"tokenizer_class": "BertTokenizer", "model_max_length": 32},
        *("model", ["input_ids", "attention_mask", "token_type_ids"], ["last_hidden_state"], 17),
    )
    end = clip.token_to_id("<|endoftext|>")
    made["tiny-clip"] = save(
        "tiny-clip",
        transformers.CLIPTextModelWithProjection(
            transformers.CLIPTextConfig(
                vocab_size=clip.get_vocab_size(),
                num_hidden_layers=3,
                max_position_embeddings=40,
                projection_dim=8,
                bos_token_id=end - 1,
                eos_token_id=end,
                **size,
            )
        ),
        clip,
        {"tokenizer_class": "CLIPTokenizer", "model_max_length": 40},
        *("text_model", ["input_ids"], ["text_embeds", "last_hidden_state"], 14),
    )
    made["tiny-gpt2"] = save(
        "tiny-gpt2",
        transformers.GPT2LMHeadModel(
            transformers.GPT2Config(
                vocab_size=gpt.get_vocab_size(), n_embd=16, n_layer=3, n_head=2, n_positions=64, use_cache=False
            )
        ),
        gpt,
        {"tokenizer_class": "GPT2Tokenizer", "model_max_length": 64},
        *("decoder_model", ["input_ids", "attention_mask"], ["logits"], 17),
    )
    (HERE / "reference.json").write_text(
        json.dumps({"sentences": SENTENCES, **made}, indent=1, ensure_ascii=False) + "\n"
    )
    print(torch.__version__, transformers.__version__, np.__version__, onnx.__version__)


main()
