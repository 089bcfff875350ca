//! Planning of pools, reshapes and concatenations: steps that gather values without weights.

use super::super::Error;
use super::super::model::{Node, Operator, Sliding};
use super::super::step::{Layout, Work};
use super::Builder;

impl Builder<'_> {
    /// The mean over the whole picture; other average pools do not occur.
    pub(super) fn average_pool(&mut self, node: &Node, size: [usize; 2]) -> Result<(), Error> {
        let x = self.operand(node, 0)?;
        let sum = self
            .joinable(x)
            .is_some_and(|step| matches!(step.work, Work::Add));
        let inputs = match self.pending.remove(&x) {
            Some(step) if sum => step.inputs,
            Some(step) => {
                self.steps.push(step);
                vec![x]
            }
            None => vec![x],
        };
        let input = self.settle_whole(inputs[0])?;
        let layout = self.picture(node.output, input.lanes)?;
        self.require(
            size == [input.height, input.width]
                && layout
                    == Layout {
                        height: 1,
                        width: 1,
                        ..input
                    },
        )?;
        self.hold(node.output, inputs, Work::Mean);
        Ok(())
    }

    pub(super) fn max_pool(
        &mut self,
        node: &Node,
        sliding: Sliding,
        size: [usize; 2],
    ) -> Result<(), Error> {
        let x = self.operand(node, 0)?;
        let input = self.settle_whole(x)?;
        let layout = self.picture(node.output, input.lanes)?;
        let window = self.window(sliding, size, input, layout)?;
        self.require(layout.channels == input.channels)?;
        self.hold(node.output, vec![x], Work::MaxPool(window));
        Ok(())
    }

    /// Reshapes, and slices that take everything.
    pub(super) fn same_elements(&mut self, node: &Node) -> Result<(), Error> {
        let x = self.operand(node, 0)?;
        let elements = self.settle(x)?.elements();
        if node.operator == Operator::StridedSlice {
            let (begin, stride) = (self.operand(node, 1)?, self.operand(node, 3)?);
            self.require(self.model.ints(begin)?.iter().all(|v| *v == 0))?;
            self.require(self.model.ints(stride)?.iter().all(|v| *v == 1))?;
        }
        self.emit_flat(node.output, vec![x], Work::Compact, Some(elements))
    }

    /// One after the other along the second of three axes.
    pub(super) fn concatenation(&mut self, node: &Node) -> Result<(), Error> {
        let last = |i: usize| self.model.tensors[i].shape.last().copied();
        let same = node
            .inputs
            .iter()
            .all(|i| last(*i) == last(node.output) && self.model.tensors[*i].shape.len() == 3);
        self.require(same && self.model.tensors[node.output].shape.len() == 3)?;
        let mut elements = 0;
        for &x in &node.inputs {
            elements += self.settle(x)?.elements();
        }
        self.emit_flat(
            node.output,
            node.inputs.clone(),
            Work::Compact,
            Some(elements),
        )
    }
}
